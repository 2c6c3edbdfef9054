import { beforeAll, expect, test } from "vitest";
import {
  appliesIn,
  type Environment,
  environments,
  evaluate,
  idleParts,
  rules,
  type Verdict,
  waivers,
} from "../../policies/index.ts";
import { type Plan, planEnvironment } from "../../tools/plan/index.ts";
import { asEngineShows, byOutputs } from "./engine-view.ts";

/** The clock, on purpose: a waiver that has expired must fail this suite on the day after, without a change. */
const today = new Date().toISOString().slice(0, 10);

const plans = new Map<Environment, Plan>();
const verdicts = new Map<Environment, Verdict>();
let suiteMs = 0;

beforeAll(async () => {
  for (const environment of environments) {
    const plan = await planEnvironment(environment);
    const began = performance.now();
    plans.set(environment, plan);
    verdicts.set(environment, evaluate(plan.resources, { environment, today }, rules, waivers));
    suiteMs += performance.now() - began;
  }
});

test.each(environments)("%s breaks no rule that nobody has accepted", (environment) => {
  const violations = verdicts.get(environment)?.violations ?? [];
  expect(violations.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`)).toEqual([]);
});

/** Violations without regard to waivers, so that the comparison covers more than a list that must be empty. */
function brokenBy(resources: Plan["resources"], environment: Environment): readonly string[] {
  return evaluate(resources, { environment, today }, rules, [])
    .violations.map(({ rule, urn }) => `${rule} ${urn}`)
    .toSorted();
}

test.each(environments)(
  "%s is judged the same by what it declares and by what the engine shows",
  (environment) => {
    const plan = plans.get(environment);
    if (!plan) throw new Error("no plan");
    const declared = brokenBy(plan.resources, environment);
    const shown = asEngineShows(plan);
    // With names from the provider, and from the outputs of a stack that exists.
    expect(brokenBy(shown, environment)).toEqual(declared);
    expect(brokenBy(byOutputs(shown), environment)).toEqual(declared);
  },
);

test("every waiver accepts something for each rule, resource and environment it names", () => {
  const judges = (id: string, environment: Environment) =>
    rules.some((rule) => rule.id === id && appliesIn(rule, environment));
  expect(idleParts(waivers, verdicts, judges)).toEqual([]);
});

test("a verdict does not depend on the order of resources", () => {
  const plan = plans.get("prod");
  const context = { environment: "prod", today } as const;
  const keys = (resources: Plan["resources"]) =>
    evaluate(resources, context, rules, [])
      .violations.map(({ rule, urn }) => `${rule} ${urn}`)
      .toSorted();
  expect(keys(plan?.resources.toReversed() ?? [])).toEqual(keys(plan?.resources ?? []));
});

test("the rules over all four environments take less than two seconds and a gibibyte", () => {
  expect(suiteMs).toBeLessThan(2000);
  expect(process.memoryUsage().rss).toBeLessThan(1024 ** 3);
});

/**
 * Rules that say nothing where they find nothing to judge: for them a plan without violations is no proof yet, so each is
 * shown one breakage of prod.
 */
const breakages: readonly {
  readonly type: string;
  /** @default the resources are removed */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly rule: string;
}[] = [
  {
    type: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
    rule: "entrance-excluded-from-block",
  },
  { type: "aws:ec2/subnet:Subnet", inputs: { tags: {} }, rule: "subnet-private-unreachable" },
  { type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", rule: "workload-replicated" },
  ...[
    "database-group-narrow",
    "cache-group-narrow",
    "broker-group-narrow",
    "group-internal-ports-closed",
  ].map((rule) => ({
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: { cidrIpv4: "0.0.0.0/0" },
    rule,
  })),
];

test.each(breakages)("in prod, $rule notices when $type is broken or gone", ({ type, inputs, rule }) => {
  const resources = (plans.get("prod")?.resources ?? []).flatMap((resource) => {
    if (resource.type !== type) return [resource];
    return inputs ? [{ ...resource, inputs: { ...resource.inputs, ...inputs } }] : [];
  });
  expect(violationsOf(rule, resources)).not.toEqual([]);
});

/** Violations of one rule in prod, without waivers. */
function violationsOf(id: string, resources: Plan["resources"]) {
  const only = rules.filter((rule) => rule.id === id);
  return evaluate(resources, { environment: "prod", today }, only, []).violations;
}

test.each([
  ["the subscription", { "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": undefined }],
  [
    "all lines in it",
    { "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { filterPattern: "ERROR" } },
  ],
  ["the stream", { "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": undefined }],
  [
    "the year",
    {
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        rules: [{ expiration: { days: 364 } }],
      },
    },
  ],
  ["the quarter at hand", { "aws:cloudwatch/logGroup:LogGroup": { retentionInDays: 30 } }],
] as const)("without %s the audit log of the cluster is not kept as it must be", (_, changes) => {
  const changed = new Map<string, object | undefined>(Object.entries(changes));
  const resources = (plans.get("prod")?.resources ?? []).flatMap((resource) => {
    if (!changed.has(resource.type)) return [resource];
    const inputs = changed.get(resource.type);
    return inputs === undefined ? [] : [{ ...resource, inputs: { ...resource.inputs, ...inputs } }];
  });
  expect(
    violationsOf("log-of-audit-kept-a-year", resources).map(({ message }) => message.split(":")[0]),
  ).toContain("cluster-control-plane");
});

test("alarms of one NAT gateway are not taken for those of another", () => {
  const resources = (plans.get("prod")?.resources ?? []).filter(
    ({ name }) => !/^network-alarm-(ports|drops)-use1-az2$/.test(name),
  );
  expect(violationsOf("gateway-has-alarms", resources).map(({ message }) => message.split(";")[0])).toEqual([
    "network-nat-use1-az2: alarm on ErrorPortAllocation: got none",
    "network-nat-use1-az2: alarm on PacketsDropCount: got none",
  ]);
});
