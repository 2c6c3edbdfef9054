import { beforeAll, expect, test } from "vitest";
import { type Environment, evaluate, rules, type Verdict, waivers } from "../../policies/index.ts";
import { type Plan, planEnvironment } from "../../tools/plan/index.ts";

const environments: readonly Environment[] = ["dev", "staging", "prod", "dr"];

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

test("every waiver waives something in each environment it names", () => {
  const idle = waivers.flatMap((waiver) => {
    const named = waiver.environments === "all" ? environments : waiver.environments;
    return named
      .filter((environment) => !verdicts.get(environment)?.waived.some((entry) => entry.waiver === waiver))
      .map((environment) => `${waiver.rule} in ${environment}: remove it from the waivers`);
  });
  expect(idle).toEqual([]);
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

/** One thing wrong in prod, and the rule that must find it. */
const breakages: readonly {
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly gone?: true;
  readonly rule: string;
}[] = [
  { type: "aws:rds/instance:Instance", inputs: { storageEncrypted: false }, rule: "database-encrypted" },
  { type: "aws:rds/instance:Instance", inputs: { backupRetentionPeriod: 1 }, rule: "database-backed-up" },
  { type: "aws:ec2/flowLog:FlowLog", gone: true, rule: "network-traffic-logged" },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    gone: true,
    rule: "network-default-group-emptied",
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    gone: true,
    rule: "bucket-blocks-public",
  },
  { type: "aws:s3/bucketVersioning:BucketVersioning", gone: true, rule: "bucket-versioned" },
  {
    type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    gone: true,
    rule: "trail-copied",
  },
  {
    type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    gone: true,
    rule: "trail-locked",
  },
  { type: "aws:cloudwatch/metricAlarm:MetricAlarm", gone: true, rule: "database-has-alarms" },
  { type: "aws:cloudwatch/metricAlarm:MetricAlarm", gone: true, rule: "kafka-has-alarms" },
  { type: "aws:cloudwatch/metricAlarm:MetricAlarm", gone: true, rule: "cache-has-alarms" },
  { type: "aws:cloudwatch/metricAlarm:MetricAlarm", gone: true, rule: "gateway-has-alarms" },
  {
    type: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
    gone: true,
    rule: "entrance-excluded-from-block",
  },
  {
    type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    inputs: { internetGatewayBlockMode: "off" },
    rule: "network-public-access-blocked",
  },
  { type: "aws:kms/alias:Alias", gone: true, rule: "key-has-alias" },
  { type: "aws:ec2/subnet:Subnet", gone: true, rule: "cluster-in-private-subnets" },
  { type: "aws:ec2/subnet:Subnet", gone: true, rule: "nodes-span-zones" },
  { type: "aws:ec2/subnet:Subnet", inputs: { tags: {} }, rule: "subnet-private-unreachable" },
  { type: "aws:eks/cluster:Cluster", inputs: { version: "1.31" }, rule: "cluster-version-supported" },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: { cidrIpv4: "0.0.0.0/0" },
    rule: "database-group-narrow",
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: { cidrIpv4: "0.0.0.0/0" },
    rule: "cache-group-narrow",
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: { cidrIpv4: "0.0.0.0/0" },
    rule: "group-internal-ports-closed",
  },
  { type: "kubernetes:core/v1:ServiceAccount", gone: true, rule: "pod-account-exists" },
  { type: "kubernetes:networking.k8s.io/v1:NetworkPolicy", gone: true, rule: "namespace-denies-by-default" },
  { type: "kubernetes:policy/v1:PodDisruptionBudget", gone: true, rule: "workload-has-disruption-budget" },
  { type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", gone: true, rule: "workload-replicated" },
  { type: "aws:backup/selection:Selection", gone: true, rule: "backup-covers-stores" },
];

test.each(breakages)(
  "in prod, $rule notices when $type is broken or gone",
  ({ type, inputs, gone, rule }) => {
    const resources = (plans.get("prod")?.resources ?? []).flatMap((resource) => {
      if (resource.type !== type) return [resource];
      return gone ? [] : [{ ...resource, inputs: { ...resource.inputs, ...inputs } }];
    });
    const { violations } = evaluate(resources, { environment: "prod", today }, rules, []);
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  },
);

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
  const { violations } = evaluate(resources, { environment: "prod", today }, rules, []);
  const found = violations.filter(({ rule }) => rule === "log-of-audit-kept-a-year");
  expect(found.map(({ message }) => message.split(":")[0])).toContain("cluster-control-plane");
});

test("alarms of one NAT gateway are not taken for those of another", () => {
  const resources = (plans.get("prod")?.resources ?? []).filter(
    ({ name }) => !/^network-alarm-(ports|drops)-use1-az2$/.test(name),
  );
  const { violations } = evaluate(resources, { environment: "prod", today }, rules, []);
  const found = violations.filter(({ rule }) => rule === "gateway-has-alarms");
  expect(found.map(({ message }) => message.split(";")[0])).toEqual([
    "network-nat-use1-az2: alarm on ErrorPortAllocation: got none",
    "network-nat-use1-az2: alarm on PacketsDropCount: got none",
  ]);
});
