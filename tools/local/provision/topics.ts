import { setTimeout as pause } from "node:timers/promises";
import { type Admin, Kafka, logLevel } from "kafkajs";
import type { KafkaAddress } from "../back-ends/index.ts";
import type { TopicManifest } from "../manifests/index.ts";

/** Leaders are elected within a second; this is for a machine that is busy. */
const leadersWithinMs = 20_000;

/** What MSK does with the topics of the plan. A topic that exists is left as it is. */
export async function createTopics(kafka: KafkaAddress, topics: readonly TopicManifest[]): Promise<void> {
  const client = new Kafka({
    clientId: "npm-start",
    brokers: [...kafka.brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = client.admin();
  await admin.connect();
  try {
    await admin.createTopics({
      waitForLeaders: false, // kafkajs gives up when a broker has not heard of the topic yet; see below
      topics: topics.map(({ name, partitions, replicationFactor, configs }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor,
        configEntries: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      })),
    });
    await waitForLeaders(
      admin,
      topics.map(({ name }) => name),
    );
  } finally {
    await admin.disconnect();
  }
}

async function waitForLeaders(admin: Admin, topics: string[]): Promise<void> {
  const deadline = Date.now() + leadersWithinMs;
  for (;;) {
    const problem = await leaderProblem(admin, topics);
    if (problem === undefined) return;
    if (Date.now() > deadline)
      throw new Error(`topics were created, but not all partitions have a leader: ${problem}`);
    await pause(100);
  }
}

async function leaderProblem(admin: Admin, topics: string[]): Promise<string | undefined> {
  try {
    const metadata = await admin.fetchTopicMetadata({ topics });
    const without = metadata.topics.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0));
    return without.length === 0 ? undefined : without.map(({ name }) => name).join(", ");
  } catch (error) {
    return (error as Error).message;
  }
}
