import { expect, test } from "vitest";
import { evaluate, idleParts, rules, type Waiver } from "../../policies/index.ts";
import { specs } from "../../stacks/index.ts";
import { planEnvironment } from "../../tools/plan/index.ts";
import { skip } from "../support/skip.ts";
import { type ChartObject, findCharts, type RenderedChart, renderCharts } from "./helm.ts";

// A plan knows the values of a chart and not what it makes of them. Charts come from the internet, so no test fetches them.

const today = new Date().toISOString().slice(0, 10);

/** Rules over the whole stack that are about one object and what belongs to it. Others ask for resources of AWS. */
const rulesOfStack = new Set([
  "disruption-budget-grows",
  "disruption-budget-lets-one-go",
  "pod-account-exists",
  "service-finds-pods",
  "workload-has-disruption-budget",
  "workload-rolls-in-few-steps",
]);

const all = ["aws-load-balancer-controller/*", "cluster-autoscaler/*", "external-secrets/*"] as const;

const accept = (
  reason: string,
  accepts: readonly [string, ...string[]],
  resources: readonly [string, ...string[]] = all,
): Waiver => ({
  accepts,
  resources,
  environments: ["prod"],
  reason,
  owner: "platform team",
  expires: "2027-05-20",
});

/** What the charts have no value for, or what is right for a controller. */
const accepted: readonly Waiver[] = [
  accept("A controller calls the API server: that is its task.", ["pod-token-withheld"]),
  accept(
    "Public images by version, for now. Always would make each start of a pod depend on a registry of others.",
    ["image-from-own-registry", "image-pulled-always"],
  ),
  accept(
    "The namespace of system controllers; pods there may have the priority of the system.",
    ["object-namespace-own"],
    ["aws-load-balancer-controller/*", "cluster-autoscaler/*"],
  ),
  accept("With two replicas, the default of a quarter rounds down to none that may be missing.", [
    "workload-rolls",
  ]),
  accept("The chart has no value for it.", [
    "container-startup-probed",
    "object-labelled",
    "pod-names-found-at-once",
    "pod-without-service-links",
  ]),
  accept(
    "The chart has no value for it.",
    ["container-probe-ports-named", "service-prefers-near"],
    ["aws-load-balancer-controller/*", "cluster-autoscaler/*"],
  ),
  accept(
    "The chart has no value for it.",
    ["disruption-budget-evicts-sick"],
    ["cluster-autoscaler/*", "external-secrets/*"],
  ),
  accept(
    "Nothing sends requests to it, and the chart has no value for it.",
    ["container-readiness-probed"],
    ["cluster-autoscaler/*"],
  ),
  accept(
    "The chart lets it patch Jobs, and has no value for it.",
    ["role-starts-no-pods"],
    ["cluster-autoscaler/*"],
  ),
  accept(
    "It writes the Secrets of one namespace: that is its task.",
    ["role-reads-named-secrets"],
    ["external-secrets/*"],
  ),
  accept(
    "Pods start with the Secret that is there: a copy may come late.",
    ["pod-priority-named"],
    ["external-secrets/*"],
  ),
];

/** Objects of a chart as the rules of our own pods read them. */
function toResources({ release, objects }: RenderedChart) {
  return objects.map((object) => {
    const type = typeOf(object);
    return {
      urn: `urn:pulumi:prod::task-platform::${type}::${object.metadata.name}`,
      type,
      name: `${String(release.inputs.chart)}/${object.metadata.name}`,
      parent: release.urn,
      inputs: { ...object, metadata: { namespace: release.inputs.namespace, ...object.metadata } },
      options: {
        protect: false,
        provider: release.options.provider,
        ignoreChanges: [],
        dependencies: [],
        propertyDependencies: {},
      },
    };
  });
}

function typeOf({ apiVersion, kind }: ChartObject): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

test("the pods of every chart obey the rules of our own pods", { timeout: 120_000 }, async (context) => {
  const here = findCharts(process.env);
  if (!here) skip(context, "TASK_PLATFORM_CHARTS names no folder of charts, or helm is not on PATH");
  const plan = await planEnvironment("prod");
  const rendered = renderCharts(plan, here, specs.prod.cluster.version);
  expect(rendered.map(({ version }) => version)).toEqual(
    rendered.map(({ release }) => release.inputs.version),
  );
  const resources = rendered.flatMap(toResources);
  expect(resources.filter(({ type }) => type === "kubernetes:apps/v1:Deployment")).toHaveLength(3);
  const judged = rules.filter(({ id, types }) => types !== "stack" || rulesOfStack.has(id));
  const verdict = evaluate(resources, { environment: "prod", today }, judged, accepted);
  expect(verdict.violations.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`)).toEqual(
    [],
  );
  expect(idleParts(accepted, new Map([["prod", verdict]]), () => true)).toEqual([]);
});
