import { createProducer, type ReceivedRecord, startConsumer } from "@task-platform/runtime/kafka";
import { expect, onTestFinished, test } from "vitest";
import { createTopics, eventually, kafkaWitness, uniqueName } from "../../../tests/support/back-ends.ts";
import { consumerParts, producerParts } from "./kafka-parts.ts";

const partitions = 6;

/** Sends `rounds` records for each of 12 keys, two keys per partition, one round after the other. */
async function produceRounds(topic: string, rounds: number): Promise<void> {
  const producer = createProducer(producerParts("test-producer"));
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

test("when members join and leave under load, no record is lost and every key stays in order", async () => {
  const { events: topic } = await createTopics({ events: { partitions } });
  const group = uniqueName("group");
  const rounds = 200;
  /** Values per key, deduplicated as the database does it. */
  const effects = new Map<string, string[]>();
  const handledBy = new Map<string, number>();
  // Slow at first, so that members have many unhandled records in memory when they lose partitions.
  let workMs = 25;
  const member = (name: string) => {
    const consumer = startConsumer({
      ...consumerParts(name),
      group,
      topic,
      // A rebalance waits until the other members learn of it at their next heartbeat.
      heartbeatMs: 500,
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
  await eventually(() => (handledBy.get("second") ?? 0) > 50, "the second member at work");
  // The first member gets its lost partitions back, and must read their unhandled records again.
  await second.stop();
  expect(count()).toBeLessThan(12 * rounds);
  workMs = 1;
  await eventually(() => count() === 12 * rounds, "every effect");

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

test("after a failed handler the record is delivered again, and no later record of its key overtakes it", async () => {
  const { events: topic } = await createTopics({ events: { partitions } });
  const seen: string[] = [];
  let failures = 2;
  const consumer = startConsumer({
    ...consumerParts("test"),
    group: uniqueName("group"),
    topic,
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
