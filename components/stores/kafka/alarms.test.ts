import { expect, test } from "vitest";
import { groupAlarms, kafkaAlarms } from "./alarms.ts";

const specs = [
  ...kafkaAlarms("events", 3),
  ...groupAlarms("events", { name: "workers", topics: ["a", "b"] }),
];

test("the cluster, every broker and every consumer group on each of its topics have alarms", () => {
  expect(specs.map((spec) => `${spec.key}: ${spec.metric} ${spec.comparison} ${spec.threshold}`)).toEqual([
    "no-controller: ActiveControllerCount below 1",
    "two-controllers: ActiveControllerCount above 1",
    "offline-partitions: OfflinePartitionsCount above 0",
    ...["1", "2", "3"].flatMap((id) => [
      `under-replicated-${id}: UnderReplicatedPartitions above 0`,
      `under-min-isr-${id}: UnderMinIsrPartitionCount above 0`,
      `disk-${id}: KafkaDataLogsDiskUsed above 80`,
      `cpu-${id}: CpuUser above 50`,
    ]),
    ...["a", "b"].flatMap((topic) => [
      `lag-time-workers-${topic}: EstimatedMaxTimeLag above 60`,
      `lag-events-workers-${topic}: MaxOffsetLag above 100000`,
    ]),
  ]);
});

test("each alarm uses the full set of dimensions of its metric", () => {
  const dimensions = Object.fromEntries(specs.map((spec) => [spec.key, spec.dimensions]));
  expect(dimensions["no-controller"]).toEqual({ "Cluster Name": "events" });
  expect(dimensions["disk-2"]).toEqual({ "Cluster Name": "events", "Broker ID": "2" });
  expect(dimensions["lag-time-workers-b"]).toEqual({
    "Cluster Name": "events",
    "Consumer Group": "workers",
    Topic: "b",
  });
});

test("missing data is a failure only for the controller", () => {
  expect(specs.filter((spec) => spec.missing === "breaching").map((spec) => spec.key)).toEqual([
    "no-controller",
  ]);
});
