import { expect, test } from "vitest";
import { rawConfigIn } from "../../infra/environment/test/raw-config.ts";
import { checkEnvironment, program } from "../../infra/program.ts";
import { evaluate, rules, waivers } from "../../policies/index.ts";
import { type EnvironmentSpecs, specs } from "../../stacks/index.ts";
import { recoveryPoints } from "../../tools/disaster-recovery/index.ts";
import { planProgram, problemLine, reachability } from "../../tools/plan/index.ts";
import { withCopies } from "./other-specs.ts";
import { configOf } from "./plan-of.ts";

const { prod, dr } = specs;

const planPair = (stack: "prod" | "dr", config: Readonly<Record<string, string>> = {}) =>
  planProgram(() => program(withCopies), {
    stack,
    config: { ...configOf(stack), "task-platform:allowExampleValues": "true", ...config },
  });

const source = await planPair("prod");
const { kafkaClusterArn, kafkaSubnetIds } = source.outputs as {
  readonly kafkaClusterArn: string;
  readonly kafkaSubnetIds: readonly string[];
};
// As an operator does it: outputs of one stack go into the stack file of the other.
const copy = await planPair("dr", {
  "task-platform:kafkaSourceClusterArn": kafkaClusterArn,
  "task-platform:kafkaSourceSubnetIds": JSON.stringify(kafkaSubnetIds),
});

const clusterType = "aws:msk/cluster:Cluster";

test("prod admits the replicator of dr, and dr copies every topic and the offsets of every consumer group", () => {
  const brokers = source.one(clusterType).inputs.brokerNodeGroupInfo as Record<string, unknown>;
  expect(brokers.connectivityInfo).toMatchObject({
    vpcConnectivity: { clientAuthentication: { sasl: { iam: true } } },
  });
  const { kafkaClusters, replicationInfoList } = copy.one("aws:msk/replicator:Replicator").inputs;
  expect(kafkaClusters).toMatchObject([
    {
      amazonMskCluster: { mskClusterArn: source.one(clusterType).outputs.arn },
      vpcConfig: { subnetIds: kafkaSubnetIds },
    },
    { amazonMskCluster: { mskClusterArn: copy.one(clusterType).outputs.arn } },
  ]);
  const topics = source.all("aws:msk/topic:Topic").map(({ inputs }) => String(inputs.name));
  const { topicReplications } = replicationInfoList as {
    readonly topicReplications: readonly { readonly topicsToReplicates: readonly string[] }[];
  };
  expect(topicReplications.map(({ topicsToReplicates }) => topicsToReplicates.toSorted())).toEqual([
    topics.map((name) => name.replaceAll(".", "\\.")).toSorted(),
  ]);
  expect(replicationInfoList).toMatchObject({
    consumerGroupReplications: [
      {
        consumerGroupsToReplicates: ["task-processor", "task-analytics"].flatMap((group) => [
          group,
          `task-events\\.${group}\\.retry\\.30s`,
          `task-events\\.${group}\\.retry\\.5m`,
        ]),
      },
    ],
  });
});

test("where events are copied in, no role writes or reads them, and the alarms watch the copy", () => {
  const replicas = copy
    .all("kubernetes:apps/v1:Deployment")
    .map(({ name, inputs }) => [name, (inputs.spec as { replicas?: number }).replicas]);
  expect(replicas).toEqual([
    ["task-analytics", 0],
    ["task-api", undefined],
    ["task-processor", 0],
    ["task-relay", 0],
  ]);
  const alarms = copy.all("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs.metricName);
  expect(alarms).toEqual(expect.arrayContaining(["ReplicationLatency", "ReplicatorFailure"]));
});

test("the replicator reaches the brokers of the copy, and no path of the pair is missing or too much", () => {
  const findings = [source, copy].flatMap(reachability);
  expect(findings.filter(({ holds }) => !holds).map(problemLine)).toEqual([]);
  expect(findings.find(({ what }) => what === "copies of events")?.answer.rule).toContain(
    "events-copy-brokers",
  );
  const rule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  const cut = copy.resources.filter(({ type, name }) => type !== rule || name !== "events-copy-brokers");
  const wrong = reachability({ ...copy, resources: cut }).filter(({ holds }) => !holds);
  expect(wrong.map(({ what, answer }) => [what, answer.verdict])).toEqual([["copies of events", "denied"]]);
});

test("neither end of the pair breaks a policy rule, and the recovery point of events follows from the alarm on the copy", () => {
  const today = new Date().toISOString().slice(0, 10);
  const verdicts = [source, copy].map(({ resources }, at) =>
    evaluate(resources, { environment: at === 0 ? "prod" : "dr", today }, rules, waivers),
  );
  expect(verdicts.flatMap(({ violations }) => violations.map(({ message }) => message))).toEqual([]);
  expect(recoveryPoints(source, copy).find(({ data }) => data.startsWith("Kafka"))).toEqual({
    data: "Kafka: events that nobody has processed yet",
    minutes: 30,
    means: "MSK Replicator into the standby's cluster",
  });
});

test("a copy without a source, with running writers, or from another cluster than the source is refused, all at once", () => {
  const raw = { ...rawConfigIn(dr.region), operatorCidrs: "[]" };
  const problemsOf = (changes: Readonly<Record<string, string>>, from: EnvironmentSpecs = withCopies) =>
    checkEnvironment("dr", { ...raw, ...changes }, from).problems.map(
      ({ argument, given }) => `${argument}: ${given}`,
    );
  expect(problemsOf({})).toEqual([
    "task-platform:kafkaSourceClusterArn (Pulumi.dr.yaml): nothing",
    "task-platform:kafkaSourceSubnetIds (Pulumi.dr.yaml): nothing",
  ]);
  const given = {
    kafkaSourceClusterArn: "arn:aws:kafka:us-east-1:222222222222:cluster/events/0a1b-2",
    kafkaSourceSubnetIds: '["subnet-0a1b2c3d", "subnet-1a1b2c3d"]',
  };
  expect(problemsOf(given)).toEqual([]);
  for (const [region, account] of [
    ["us-west-2", "222222222222"],
    ["us-east-1", "333333333333"],
  ]) {
    const kafkaSourceClusterArn = `arn:aws:kafka:${region}:${account}:cluster/events/0a`;
    expect(problemsOf({ ...given, kafkaSourceClusterArn })).toEqual([
      `task-platform:kafkaSourceClusterArn (Pulumi.dr.yaml): a cluster of ${region} and account ${account}`,
    ]);
  }
  expect(
    problemsOf({ ...given, kafkaSourceClusterArn: "events", kafkaSourceSubnetIds: '["subnet-1"]' }),
  ).toEqual([
    'task-platform:kafkaSourceClusterArn (Pulumi.dr.yaml): "events"',
    'task-platform:kafkaSourceSubnetIds (Pulumi.dr.yaml): "[\\"subnet-1\\"]"',
  ]);
  const busy = { ...withCopies, dr: { ...withCopies.dr, workloads: dr.workloads } };
  expect(problemsOf(given, busy)).toEqual([
    'workloads.relay.state (stacks/dr.ts): "running" with kafka.replication "copy"',
    'workloads.processor.state (stacks/dr.ts): "running" with kafka.replication "copy"',
    'workloads.analytics.state (stacks/dr.ts): "running" with kafka.replication "copy"',
  ]);
  expect(problemsOf(given, { ...withCopies, prod })).toEqual([
    'kafka.replication (stacks/dr.ts): "copy", with no source',
  ]);
});
