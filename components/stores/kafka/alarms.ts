import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";
import type { ConsumerGroup } from "./args.ts";
import { fullestPercent } from "./storage.ts";

/**
 * The alarms of the cluster and its brokers. They use only metrics of the `DEFAULT` monitoring level, except the minimum of
 * in-sync copies, which needs `PER_BROKER`.
 */
export function kafkaAlarms(clusterName: pulumi.Input<string>, brokers: number): readonly AlarmSpec[] {
  const cluster = { "Cluster Name": clusterName };
  // MSK numbers brokers from 1, and a broker keeps its number for its whole life.
  const ids = Array.from({ length: brokers }, (_, position) => String(position + 1));
  return [...clusterAlarms(cluster), ...ids.flatMap((id) => brokerAlarms(cluster, id))];
}

/** The alarms for a consumer group that falls behind on one of its topics. */
export function groupAlarms(
  clusterName: pulumi.Input<string>,
  { name, topics }: ConsumerGroup,
): readonly AlarmSpec[] {
  return topics.flatMap((topic) => lagAlarms({ "Cluster Name": clusterName }, name, topic));
}

const namespace = "AWS/Kafka";
type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;

function clusterAlarms(dimensions: Dimensions): AlarmSpec[] {
  // Five minutes, so that an election or a rolling restart of one controller does not fire the alarm.
  const shared = { namespace, dimensions, statistic: "Maximum", periodSeconds: 60, periods: 5 } as const;
  return [
    {
      ...shared,
      key: "no-controller",
      description:
        "No active Kafka controller: leaders cannot be elected. Look at the state of the cluster in MSK.",
      metric: "ActiveControllerCount",
      comparison: "below",
      threshold: 1,
      // A cluster that publishes no samples is down.
      missing: "breaching",
    },
    {
      ...shared,
      key: "two-controllers",
      description:
        "More than one active Kafka controller: the cluster is split. Open a case with AWS support.",
      metric: "ActiveControllerCount",
      comparison: "above",
      threshold: 1,
      missing: "notBreaching",
    },
    {
      ...shared,
      key: "offline-partitions",
      description:
        "Partitions without a leader: they can be neither read nor written. Look for brokers that are down.",
      metric: "OfflinePartitionsCount",
      comparison: "above",
      threshold: 0,
      periods: 1,
      missing: "notBreaching",
    },
  ];
}

function brokerAlarms(cluster: Dimensions, id: string): AlarmSpec[] {
  const shared = {
    namespace,
    dimensions: { ...cluster, "Broker ID": id },
    comparison: "above",
    periodSeconds: 300,
    missing: "missing",
  } as const;
  return [
    {
      ...shared,
      key: `under-replicated-${id}`,
      description: `Broker ${id} leads partitions with fewer copies than they should have; one more loss may stop writes.`,
      metric: "UnderReplicatedPartitions",
      statistic: "Maximum",
      threshold: 0,
      // During a rolling update a broker is down for about 15 minutes.
      periods: 6,
    },
    {
      ...shared,
      key: `under-min-isr-${id}`,
      description: `Broker ${id} refuses writes with acks=all: too few copies are in sync. Look for brokers that are down.`,
      metric: "UnderMinIsrPartitionCount",
      statistic: "Maximum",
      threshold: 0,
      periods: 1,
    },
    {
      ...shared,
      key: `disk-${id}`,
      // Ten points above the threshold of autoscaling: it did not help, or it reached its ceiling.
      description: `The volume of broker ${id} fills and autoscaling does not keep up; a full volume stops the broker. Raise the ceiling.`,
      metric: "KafkaDataLogsDiskUsed",
      statistic: "Maximum",
      threshold: fullestPercent + 10,
      periods: 1,
    },
    {
      ...shared,
      key: `cpu-${id}`,
      description: `Broker ${id} is short of processor: the others could not carry the load of a lost one. Take a larger class or add brokers.`,
      metric: "CpuUser",
      statistic: "Average",
      // AWS recommends user plus system below 60 %, so that the other brokers can carry a lost one; 10 % are for system.
      threshold: 50,
      periods: 3,
    },
  ];
}

function lagAlarms(cluster: Dimensions, group: string, topic: string): AlarmSpec[] {
  const shared = {
    namespace,
    dimensions: { ...cluster, "Consumer Group": group, Topic: topic },
    statistic: "Maximum",
    comparison: "above",
    periodSeconds: 60,
    // The service publishes no lag while a group rebalances. Another alarm tells whether consumers run at all.
    missing: "ignore",
  } as const;
  return [
    {
      ...shared,
      key: `lag-time-${group}-${topic}`,
      description: `Group ${group} is minutes behind on ${topic}. Look for errors and for the number of its pods.`,
      metric: "EstimatedMaxTimeLag",
      // Seconds. The objective is half a second at p99; a lag of one minute for five minutes is no burst.
      threshold: 60,
      periods: 5,
    },
    {
      ...shared,
      key: `lag-events-${group}-${topic}`,
      description: `Group ${group} has a partition of ${topic} with a long queue. Look for one slow key or a stuck pod.`,
      metric: "MaxOffsetLag",
      // The events of one minute in one partition at the required rate: 10,000 events/s x 60 s / 6 partitions.
      threshold: 100_000,
      periods: 5,
    },
  ];
}
