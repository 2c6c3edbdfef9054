import { createProducer, type ReceivedRecord, startConsumer } from "@task-platform/runtime";
import { expect, onTestFinished, test } from "vitest";
import {
  backEnds,
  createTopics,
  eventually,
  kafkaWitness,
  uniqueName,
} from "../../../tests/support/back-ends.ts";
import { silent } from "./support.ts";

const partitions = 6;
const config = () => {
  const { kafka, registryUrl } = backEnds();
  const { brokers } = kafka;
  return {
    brokers,
    auth: { kind: "none" },
    tls: "off",
    registryUrl,
    registryCredentialsDirectory: undefined,
  } as const;
};

/** Sends `rounds` records for each of 12 keys, two keys to a partition, one round after the other. */
async function produceRounds(topic: string, rounds: number): Promise<void> {
  const producer = createProducer({ config: config(), clientId: "test-producer", logger: silent });
  for (let round = 0; round < rounds; round += 1) {
    await producer.send(
      Array.from({ length: 12 }, (_, key) => ({
        topic,
        partition: key % partitions,
        key: Buffer.from(`key-${key}`),
        value: Buffer.from(String(round)),
        headers: {},
      })),
    );
  }
  await producer.close();
}

test("members that join and leave at work lose no record and keep the order of every key", async () => {
  const { events: topic } = await createTopics({ events: { partitions } });
  const group = uniqueName("group");
  const rounds = 200;
  /** What had its effect, deduplicated as a database would. */
  const effects = new Map<string, string[]>();
  const handledBy = new Map<string, number>();
  // Slow at first, so that members have read far ahead of their work when they lose partitions.
  let workMs = 25;
  const member = (name: string) => {
    const consumer = startConsumer({
      config: config(),
      clientId: name,
      group,
      topic,
      lanes: 4,
      // A member waits for the others to hear of a rebalance by their heartbeats.
      heartbeatMs: 500,
      logger: silent,
      handle: async (record: ReceivedRecord) => {
        await new Promise((resolve) => setTimeout(resolve, workMs));
        const seen = effects.get(String(record.key)) ?? [];
        if (!seen.includes(String(record.value))) seen.push(String(record.value));
        effects.set(String(record.key), seen);
        handledBy.set(name, (handledBy.get(name) ?? 0) + 1);
      },
    });
    onTestFinished(() => consumer.stop());
    return consumer;
  };
  const count = (): number => [...effects.values()].reduce((sum, seen) => sum + seen.length, 0);

  await produceRounds(topic, rounds);
  const first = member("first");
  await eventually(() => count() > 100, "the first effects");
  const second = member("second");
  await eventually(() => (handledBy.get("second") ?? 0) > 50, "the second member at work", 30_000);
  // What the first member had read ahead of the partitions it lost and wins back now must come again.
  await second.stop();
  expect(count()).toBeLessThan(12 * rounds);
  workMs = 1;
  await eventually(() => count() === 12 * rounds, "every effect", 30_000);

  const inOrder = Array.from({ length: rounds }, (_, round) => String(round));
  expect([...effects].filter(([, seen]) => seen.join() !== inOrder.join())).toEqual([]);
  await first.stop();
  const admin = kafkaWitness().admin();
  await admin.connect();
  const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  await admin.disconnect();
  expect(committed?.partitions.map(({ offset }) => offset)).toEqual(
    Array.from({ length: partitions }, () => "400"),
  );
});

test("a handler that fails is given the record again, and none that follows with its key overtakes it", async () => {
  const { events: topic } = await createTopics({ events: { partitions } });
  const seen: string[] = [];
  let failures = 2;
  const consumer = startConsumer({
    config: config(),
    clientId: "test",
    group: uniqueName("group"),
    topic,
    lanes: 2,
    logger: silent,
    handle: async (record) => {
      if (String(record.key) !== "key-0") return;
      if (String(record.value) === "1" && failures > 0) {
        failures -= 1;
        throw new Error("not yet");
      }
      seen.push(String(record.value));
    },
  });
  onTestFinished(() => consumer.stop());
  await produceRounds(topic, 3);
  await eventually(() => seen.at(-1) === "2", "the last record");
  expect([...new Set(seen)]).toEqual(["0", "1", "2"]);
});
