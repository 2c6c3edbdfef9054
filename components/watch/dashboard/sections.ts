import type { Metric, Section } from "./widgets.ts";

/** Names in the dimensions of the metrics of the platform. */
export interface PlatformNames {
  /** `app/name/id`: the suffix of the load balancer's ARN. */
  readonly loadBalancer: string;
  readonly database: string;
  readonly cacheNodes: readonly string[];
  readonly kafkaCluster: string;
  readonly brokers: number;
  readonly consumerGroups: readonly { readonly name: string; readonly topics: readonly string[] }[];
  /** Most connections that the database allows. */
  readonly maxConnections: number;
}

/** The first graphs for the person on call: clients, then each store, then consumer lag. */
export function platformSections(names: PlatformNames): readonly Section[] {
  return [loadBalancer(names), database(names), cache(names), kafka(names)];
}

function loadBalancer({ loadBalancer: name }: PlatformNames): Section {
  const metric = (metricName: string, statistic: Metric["statistic"], label: string): Metric => ({
    namespace: "AWS/ApplicationELB",
    name: metricName,
    dimensions: { LoadBalancer: name },
    statistic,
    label,
  });
  return {
    heading: "Entrance",
    graphs: [
      { title: "Requests a minute", metrics: [metric("RequestCount", "Sum", "all")] },
      {
        title: "Errors a minute",
        metrics: [
          metric("HTTPCode_Target_5XX_Count", "Sum", "API"),
          metric("HTTPCode_ELB_5XX_Count", "Sum", "load balancer"),
        ],
      },
      {
        title: "Time to answer, seconds",
        metrics: [
          metric("TargetResponseTime", "p99", "p99"),
          metric("TargetResponseTime", "Average", "average"),
        ],
        limit: { label: "objective", value: 0.5 },
      },
    ],
  };
}

function database({ database: identifier, maxConnections }: PlatformNames): Section {
  const metric = (name: string, statistic: Metric["statistic"], label: string): Metric => ({
    namespace: "AWS/RDS",
    name,
    dimensions: { DBInstanceIdentifier: identifier },
    statistic,
    label,
  });
  return {
    heading: "PostgreSQL",
    graphs: [
      { title: "CPU, percent", metrics: [metric("CPUUtilization", "Average", "used")] },
      {
        title: "Connections",
        metrics: [metric("DatabaseConnections", "Maximum", "open")],
        limit: { label: "limit", value: maxConnections },
      },
      {
        title: "Latency, seconds",
        metrics: [metric("ReadLatency", "Average", "read"), metric("WriteLatency", "Average", "write")],
      },
      { title: "Free storage, bytes", metrics: [metric("FreeStorageSpace", "Minimum", "free")] },
    ],
  };
}

function cache({ cacheNodes }: PlatformNames): Section {
  const each = (name: string, statistic: Metric["statistic"]): Metric[] =>
    cacheNodes.map((node) => ({
      namespace: "AWS/ElastiCache",
      name,
      dimensions: { CacheClusterId: node },
      statistic,
      label: node,
    }));
  return {
    heading: "Valkey",
    graphs: [
      { title: "CPU of the engine, percent", metrics: each("EngineCPUUtilization", "Average") },
      { title: "Memory, percent", metrics: each("DatabaseMemoryUsagePercentage", "Maximum") },
      { title: "Evictions", metrics: each("Evictions", "Sum") },
    ],
  };
}

function kafka({ kafkaCluster, brokers, consumerGroups }: PlatformNames): Section {
  const cluster = { "Cluster Name": kafkaCluster };
  const ids = Array.from({ length: brokers }, (_, at) => String(at + 1));
  const each = (name: string, statistic: Metric["statistic"]): Metric[] =>
    ids.map((id) => ({
      namespace: "AWS/Kafka",
      name,
      dimensions: { ...cluster, "Broker ID": id },
      statistic,
      label: `broker ${id}`,
    }));
  const lag = consumerGroups.flatMap(({ name, topics }) =>
    topics.map(
      (topic): Metric => ({
        namespace: "AWS/Kafka",
        name: "EstimatedMaxTimeLag",
        dimensions: { ...cluster, "Consumer Group": name, Topic: topic },
        statistic: "Maximum",
        label: `${name} on ${topic}`,
      }),
    ),
  );
  return {
    heading: "Kafka",
    graphs: [
      { title: "Bytes in a second", metrics: each("BytesInPerSec", "Average") },
      { title: "Disk, percent", metrics: each("KafkaDataLogsDiskUsed", "Maximum") },
      { title: "Behind, seconds", metrics: lag, limit: { label: "alarm", value: 60 } },
    ],
  };
}
