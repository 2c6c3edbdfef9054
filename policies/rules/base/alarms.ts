import {
  custom,
  hardened,
  list,
  mismatch,
  oneOf,
  overStack,
  property,
  type Resource,
  type Rule,
  record,
  type Stack,
  text,
  unless,
} from "../../kit/index.ts";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

export const alarmRules: readonly Rule[] = [
  property({
    id: "alarm-silence-decided",
    controls: ["CW-05"],
    severity: "medium",
    types: [alarm],
    path: "treatMissingData",
    is: oneOf("breaching", "notBreaching", "missing", "ignore"),
    whatToDo: "state what missing data means: with the default, an exporter that has died raises no alarm",
  }),
  custom({
    id: "alarm-heard",
    controls: ["CW-05"],
    severity: "high",
    types: [alarm],
    whatToDo: "name a topic that somebody reads",
    check: ({ alarmActions, actionsEnabled }) =>
      unless(
        list(alarmActions).length > 0 && actionsEnabled !== false,
        mismatch("alarmActions", alarmActions, "one topic or more"),
      ),
    pass: { alarmActions: ["arn:aws:sns:us-east-1:111122223333:page"] },
    fail: { alarmActions: [] },
  }),
  storeAlarms({
    id: "database-has-alarms",
    control: "CW-08",
    store: "aws:rds/instance:Instance",
    dimension: "DBInstanceIdentifier",
    idKey: "identifier",
    metrics: [
      "CPUUtilization",
      "FreeStorageSpace",
      "FreeableMemory",
      "DatabaseConnections",
      "DiskQueueDepth",
    ],
    whenReplica: ["ReplicaLag"],
  }),
  storeAlarms({
    id: "cache-has-alarms",
    control: "CW-09",
    store: "aws:elasticache/replicationGroup:ReplicationGroup",
    dimension: "CacheClusterId",
    idKey: "replicationGroupId",
    metrics: ["EngineCPUUtilization", "DatabaseMemoryUsagePercentage", "Evictions", "CurrConnections"],
    whenReplica: ["ReplicationLag"],
  }),
  storeAlarms({
    id: "kafka-has-alarms",
    control: "CW-10",
    store: "aws:msk/cluster:Cluster",
    dimension: "Cluster Name",
    idKey: "clusterName",
    metrics: [
      "ActiveControllerCount",
      "OfflinePartitionsCount",
      "UnderReplicatedPartitions",
      "UnderMinIsrPartitionCount",
      "KafkaDataLogsDiskUsed",
      "CpuUser",
    ],
    whenReplica: [],
  }),
  storeAlarms({
    id: "balancer-has-alarms",
    control: "CW-11",
    store: "aws:lb/loadBalancer:LoadBalancer",
    dimension: "LoadBalancer",
    metrics: ["HTTPCode_Target_5XX_Count", "TargetResponseTime", "UnHealthyHostCount"],
    whenReplica: [],
  }),
  storeAlarms({
    id: "gateway-has-alarms",
    control: "CW-11",
    store: "aws:ec2/natGateway:NatGateway",
    dimension: "NatGatewayId",
    metrics: ["ErrorPortAllocation", "PacketsDropCount"],
    whenReplica: [],
  }),
];

/**
 * Each store needs one alarm on each metric. An alarm belongs to a store when its dimension names the store, or when it
 * was made from the store's outputs. Where neither is known, any alarm on the metric is enough.
 */
function storeAlarms(rule: {
  readonly id: string;
  readonly control: string;
  readonly store: string;
  readonly dimension: string;
  /** Property of the store that holds the value. @default the value is unknown until the store exists */
  readonly idKey?: string;
  readonly metrics: readonly [string, ...string[]];
  /** Metrics that also need an alarm when the store is or has a replica. */
  readonly whenReplica: readonly string[];
}): Rule {
  const alarmOn = (metricName: string) => ({
    type: alarm,
    inputs: { metricName, dimensions: { [rule.dimension]: "store" } },
  });
  const store = { type: rule.store, id: "store", inputs: rule.idKey ? { [rule.idKey]: "store" } : {} };
  return overStack({
    id: rule.id,
    controls: [rule.control],
    severity: "high",
    environments: hardened,
    whatToDo: "add the missing alarm: call createAlarms beside the resource",
    check: (stack) =>
      stack.of(rule.store).flatMap((resource) => {
        const { replicateSourceDb, numCacheClusters } = resource.inputs;
        const replicated = replicateSourceDb !== undefined || Number(numCacheClusters) > 1;
        const wanted = [...rule.metrics, ...(replicated ? rule.whenReplica : [])];
        return wanted
          .filter((metric) => !stack.of(alarm).some((one) => watches(stack, one, metric, rule, resource)))
          .map((metric) => ({ resource, message: `alarm on ${metric}: got none; allowed: one` }));
      }),
    pass: [store, ...rule.metrics.map(alarmOn)],
    fail: [store, ...rule.metrics.slice(1).map(alarmOn)],
    missing: [store],
  });
}

function watches(
  stack: Stack,
  one: Resource,
  metric: string,
  rule: { readonly store: string; readonly dimension: string; readonly idKey?: string },
  store: Resource,
): boolean {
  const { metricName, metricQueries, dimensions } = one.inputs;
  const queried = list(metricQueries).some(
    (query) => text(record(record(query).metric).metricName) === metric,
  );
  if (text(metricName) !== metric && !queried) return false;
  const value = text(record(dimensions)[rule.dimension]);
  const id = rule.idKey ? text(store.inputs[rule.idKey]) : "";
  const madeFrom = (other: Resource) =>
    stack.linked(one, "dimensions", other) || stack.linked(one, "metricQueries", other);
  if (madeFrom(store)) return true;
  if (stack.of(rule.store).some(madeFrom)) return false; // It watches another one.
  // Nodes of a cache are named after their group: "<group>-001".
  return id === "" ? value !== "" || queried : value === id || value.startsWith(`${id}-`);
}
