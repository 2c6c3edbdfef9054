import { type Admin, Kafka, logLevel } from "kafkajs";
import type { KafkaAddress } from "../back-ends/index.ts";
import type { TopicManifest } from "../manifests/index.ts";
import { waitUntil } from "../processes/index.ts";

/** The election of leaders takes less than a second. The rest is for a busy machine. */
const leadersWithinMs = 20_000;

/** Creates the topics of the plan, as MSK would. It does not change a topic that exists. */
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
      waitForLeaders: false, // kafkajs fails when a broker does not know the topic yet; see waitForLeaders below
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
  let problem: string | undefined;
  const allHaveLeaders = async (): Promise<boolean> => {
    problem = await leaderProblem(admin, topics);
    return problem === undefined;
  };
  if (await waitUntil(allHaveLeaders, { withinMs: leadersWithinMs, everyMs: 100 })) return;
  throw new Error(`topics were created, but not all partitions have a leader: ${problem}`);
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
