import { Environment } from "@marcbachmann/cel-js";
import { expect, test } from "vitest";
import type { EnvironmentName } from "../../stacks/index.ts";
import type { Plan } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

// This does not prove that the API server evaluates like this library. Both follow the specification of CEL.

interface Pod {
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly ephemeralContainers?: readonly Container[];
    readonly securityContext?: { readonly runAsNonRoot?: boolean };
  };
}

interface Container {
  readonly image: string;
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
  readonly [key: string]: unknown;
}

interface Validation {
  readonly expression: string;
  readonly message: string;
}

const cel = new Environment({ unlistedVariablesAreDyn: true });

/** Messages with which the API server would refuse a pod; empty if it admits the pod. */
function refusals(plan: Plan, object: Pod): readonly string[] {
  const { spec } = plan.one("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy").inputs;
  return (spec as { validations: Validation[] }).validations
    .filter(({ expression }) => cel.evaluate(expression, { object }) !== true)
    .map(({ message }) => message);
}

function podOf(plan: Plan, type: string, name: string): Pod {
  const resource = plan.all(type).find((one) => one.name.startsWith(name));
  if (resource === undefined) throw new Error(`${plan.stack} has no ${type} ${name}`);
  return (resource.inputs.spec as { template: Pod }).template;
}

const podsOf = (plan: Plan): readonly Pod[] => [
  ...["task-api", "task-relay", "task-processor"].map((name) =>
    podOf(plan, "kubernetes:apps/v1:Deployment", name),
  ),
  podOf(plan, "kubernetes:batch/v1:Job", "task-migrate"),
];

test.each(environments)("in %s the admission policy allows every pod of the program", async (name) => {
  const plan = await planOf(name);
  expect(podsOf(plan).map((pod) => refusals(plan, pod))).toEqual([[], [], [], []]);
});

const digest = `@sha256:${"0".repeat(64)}`;
const ours: Readonly<Record<EnvironmentName, string>> = {
  dev: "111111111111.dkr.ecr.us-east-1.amazonaws.com",
  staging: "111111111111.dkr.ecr.us-east-1.amazonaws.com",
  prod: "111111111111.dkr.ecr.us-east-1.amazonaws.com",
  dr: "111111111111.dkr.ecr.eu-west-1.amazonaws.com",
};

const elsewhere = [
  `docker.io/library/node${digest}`,
  `node${digest}`,
  `222222222222.dkr.ecr.us-east-1.amazonaws.com/task-api${digest}`,
  `${ours.prod}.evil.example/task-api${digest}`,
  `evil.example/${ours.prod}/task-api${digest}`,
];
const movable = [
  `${ours.prod}/task-api`,
  `${ours.prod}/task-api:latest`,
  `${ours.prod}/task-api@sha256:00`,
  `${ours.prod}/task-api${digest}:latest`,
];
const fromElsewhere = expect.stringContaining("images come from");
const byDigest = expect.stringContaining("named by digest");
const asRoot = expect.stringContaining("runAsNonRoot");

const kinds = ["containers", "initContainers", "ephemeralContainers"] as const;

/** Messages for the API pod of prod with one more container. */
async function refusalsWith(kind: (typeof kinds)[number], changes: Partial<Container>) {
  const plan = await planOf("prod");
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const container = { ...spec.containers[0], ...changes } as Container;
  return refusals(plan, { spec: { ...spec, [kind]: [...(spec[kind] ?? []), container] } });
}

test.each(kinds)("an image of another host is refused in %s", async (kind) => {
  for (const image of elsewhere) {
    expect([image, await refusalsWith(kind, { image })]).toEqual([image, [fromElsewhere]]);
  }
});

test.each(kinds)("an image without a digest is refused in %s", async (kind) => {
  for (const image of movable) {
    expect([image, await refusalsWith(kind, { image })]).toEqual([image, [byDigest]]);
  }
});

test.each(kinds)(
  "a container in %s that sets runAsNonRoot to false is refused, and one that leaves it out is not",
  async (kind) => {
    expect(await refusalsWith(kind, { securityContext: { runAsNonRoot: false } })).toEqual([asRoot]);
    expect(await refusalsWith(kind, { securityContext: {} })).toEqual([]);
    expect(await refusalsWith(kind, {})).toEqual([]);
  },
);

test.each([[undefined], [{}], [{ runAsNonRoot: false }]])(
  "a pod with the securityContext %j could run as root and is refused",
  async (securityContext) => {
    const plan = await planOf("prod");
    const { spec } = podOf(plan, "kubernetes:batch/v1:Job", "task-migrate");
    const { securityContext: _, ...rest } = spec;
    const pod = { spec: securityContext === undefined ? rest : { ...rest, securityContext } };
    expect(refusals(plan, pod)).toEqual([asRoot]);
  },
);

test.each(environments)("in %s the policy allows no image host of another region", async (name) => {
  const plan = await planOf(name);
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const withImage = (image: string) => ({
    spec: { ...spec, containers: spec.containers.map((one) => ({ ...one, image })) },
  });
  const other = name === "dr" ? ours.prod : ours.dr;
  expect(refusals(plan, withImage(`${ours[name]}/task-tool${digest}`))).toEqual([]);
  expect(refusals(plan, withImage(`${other}/task-api${digest}`))).toEqual([fromElsewhere]);
});

test.each(environments)("in %s every pod waits until the admission policy is in force", async (name) => {
  const plan = await planOf(name);
  const binding = plan.one("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding");
  for (const type of ["kubernetes:apps/v1:Deployment", "kubernetes:batch/v1:Job"]) {
    const workloads = plan.all(type);
    expect([type, workloads.length]).not.toEqual([type, 0]);
    for (const { options } of workloads) expect(options.dependencies).toContain(binding.urn);
  }
});
