import { expect, test } from "vitest";
import { brokerProperties } from "./broker-properties.ts";

test("brokers confirm writes with two of three copies, never elect a stale leader and never create a topic by accident", () => {
  expect(brokerProperties()).toBe(
    [
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "log.retention.hours=168",
      "min.insync.replicas=2",
      "num.partitions=6",
      "offsets.retention.minutes=20160",
      "offsets.topic.replication.factor=3",
      "replica.selector.class=org.apache.kafka.common.replica.RackAwareReplicaSelector",
      "transaction.state.log.min.isr=2",
      "transaction.state.log.replication.factor=3",
      "unclean.leader.election.enable=false",
      "",
    ].join("\n"),
  );
});
