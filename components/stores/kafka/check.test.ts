import { expect, test } from "vitest";
import type { TopicSpec } from "../kafka-topics/index.ts";
import { checkKafkaSettings } from "./check.ts";
import type { KafkaSettings } from "./settings.ts";
import { usableKafkaVersions } from "./versions.ts";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const settings: KafkaSettings = {
  version: "4.1.x.kraft",
  instanceType: "kafka.m7g.large",
  brokers: 3,
  storageGiBPerBroker: 100,
  maxStorageGiBPerBroker: 1000,
  tiering: "none",
  monitoring: "PER_TOPIC_PER_BROKER",
  openMonitoring: true,
  logRetentionDays: 30,
  averageEventsPerSecond: 1000,
  averageEventBytes: 1000,
  replication: "none",
};
const topic: TopicSpec = {
  name: "task-events",
  partitions: 6,
  replicationFactor: 3,
  minInSyncReplicas: 2,
  retentionHours: 168,
};

function problems(change: Partial<KafkaSettings>, topics: readonly TopicSpec[] = [topic]): readonly string[] {
  return checkKafkaSettings({ ...settings, ...change }, topics, zones).map(
    (problem) => `${problem.argument}: ${problem.given} (${problem.allowed})`,
  );
}

test("sound settings have no problem", () => {
  expect(problems({})).toEqual([]);
});

test("a version out of support is refused with the list of supported versions", () => {
  expect(problems({ version: "3.7.x.kraft" })).toEqual([
    'version: "3.7.x.kraft" (3.8.x.kraft, 3.9.x.kraft, 4.0.x.kraft, 4.1.x.kraft)',
  ]);
});

test("brokers that do not divide evenly over the zones are refused", () => {
  expect(problems({ brokers: 4 })).toEqual([
    "brokers: 4 (a multiple of the 3 zones (us-east-1a, us-east-1b, us-east-1c))",
  ]);
});

test("an Express class is refused because it accepts no storage settings", () => {
  const [first] = checkKafkaSettings({ ...settings, instanceType: "express.m7g.large" }, [topic], zones);
  expect(first?.argument).toBe("instanceType");
  expect(first?.fix).toBe(
    "use one of these; Express brokers need another block, because they accept no storage settings",
  );
});

test("more copies than brokers, and a minimum of in-sync copies that leaves no spare, are refused together", () => {
  expect(
    problems({}, [{ ...topic, replicationFactor: 4, minInSyncReplicas: 4, shareOfEvents: 0.1 }]),
  ).toEqual([
    "topics[task-events].replicationFactor: 4 (1 to 3, the number of brokers)",
    "topics[task-events].minInSyncReplicas: 4 (1 to 3, one less than the replication factor)",
  ]);
});

test("a share of events outside 0 to 1 is refused", () => {
  expect(problems({}, [{ ...topic, shareOfEvents: -0.1 }])).toEqual([
    "topics[task-events].shareOfEvents: -0.1 (0 to 1)",
  ]);
});

test("a topic given twice is refused", () => {
  expect(problems({}, [{ ...topic, shareOfEvents: 0 }, topic])).toEqual([
    'topics: "task-events" more than once (one topic per name)',
  ]);
});

test("more partitions than the class supports are refused, replicas included", () => {
  expect(problems({ instanceType: "kafka.t3.small" }, [{ ...topic, partitions: 301 }])).toEqual([
    "topics: 903 partitions with replicas (900 (3 brokers x 300 on kafka.t3.small))",
  ]);
  expect(problems({ instanceType: "kafka.t3.small" }, [{ ...topic, partitions: 300 }])).toEqual([]);
});

test("a retention that does not fit on the largest volumes is refused with the calculation", () => {
  expect(problems({ maxStorageGiBPerBroker: 800 })).toEqual([
    "maxStorageGiBPerBroker: 800 (task-events 1000/s x 1 x 1000 B x 168 h x 3 copies = 1689.8 GiB; together 1689.8 GiB, room 3 brokers x 800 GiB x 70 % = 1680 GiB)",
  ]);
  expect(problems({ maxStorageGiBPerBroker: 805 })).toEqual([]);
});

test("with tiers only the events on the volumes and one open file per partition must fit", () => {
  const tiering = { localRetentionHours: 24 };
  // 1,000/s x 1,000 B x 24 h x 3 is 241.4 GiB, and 6 files x 3 are 18; 180 GiB of three brokers at 70 % hold it.
  expect(problems({ tiering, storageGiBPerBroker: 50, maxStorageGiBPerBroker: 125 })).toEqual([]);
  expect(problems({ tiering, storageGiBPerBroker: 50, maxStorageGiBPerBroker: 123 })).toEqual([
    "maxStorageGiBPerBroker: 123 (task-events 1000/s x 1 x 1000 B x 24 h x 3 copies and 6 open files x 3 = 259.4 GiB; together 259.4 GiB, room 3 brokers x 123 GiB x 70 % = 258.3 GiB)",
  ]);
});

test("small brokers and topics of less than three days cannot have tiers, and are refused together", () => {
  const short = { ...topic, retentionHours: 71, shareOfEvents: 0.1 };
  const change = { tiering: { localRetentionHours: 12 }, instanceType: "kafka.t3.small" };
  expect(problems(change, [short])).toEqual([
    'instanceType: "kafka.t3.small", for a cluster with tiers (kafka.m5.large, kafka.m7g.large or larger)',
    "topics[task-events].retentionHours: 71, for a topic with tiers (72 or more)",
  ]);
});

test.each([0, 1.5, 168])("%s local hours are refused if a topic is kept for 168", (localRetentionHours) => {
  expect(problems({ tiering: { localRetentionHours } })).toEqual([
    `tiering.localRetentionHours: ${localRetentionHours} (a whole number from 1, below 168, the shortest retention of a topic)`,
  ]);
});

test("every version that a new cluster may use supports tiers", () => {
  const minors = usableKafkaVersions().map((version) => version.split(".").map(Number));
  // MSK requires 3.6.0 or later.
  expect(minors.filter(([major = 0, minor = 0]) => major < 3 || (major === 3 && minor < 6))).toEqual([]);
});

test("a ceiling below the initial size or above the largest volume is refused", () => {
  const given = "storageGiBPerBroker, maxStorageGiBPerBroker";
  const allowed = "1 <= storageGiBPerBroker <= maxStorageGiBPerBroker <= 16384";
  expect(problems({ storageGiBPerBroker: 1001 })).toEqual([`${given}: 1001, 1000 (${allowed})`]);
  expect(problems({ maxStorageGiBPerBroker: 16_385 })).toEqual([`${given}: 100, 16385 (${allowed})`]);
});

test("small brokers and fewer than three are refused only if the cluster is replicated", () => {
  const one = { ...topic, replicationFactor: 2, minInSyncReplicas: 1, shareOfEvents: 0.1 };
  const small = { instanceType: "kafka.t3.small", brokers: 2 } as const;
  const found = checkKafkaSettings({ ...settings, ...small, replication: "source" }, [one], ["a", "b"]);
  expect(found.map(({ argument, given }) => `${argument}: ${given}`)).toEqual([
    'instanceType: "kafka.t3.small", for a cluster that is replicated',
    "brokers: 2, for a cluster that is replicated",
  ]);
  expect(checkKafkaSettings({ ...settings, ...small }, [one], ["a", "b"])).toEqual([]);
});

test("a retention that CloudWatch Logs does not accept is refused", () => {
  const found = checkKafkaSettings({ ...settings, logRetentionDays: 8 }, [topic], zones);
  expect(found).toMatchObject([{ argument: "logRetentionDays", given: "8" }]);
});
