import { setTimeout as pause } from "node:timers/promises";
import { type Admin, Kafka, logLevel } from "kafkajs";
import pg from "pg";
import type { KafkaAddress, PostgresAddress } from "./back-ends/index.ts";
import type { DatabaseManifest, TopicManifest } from "./manifests.ts";

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

/** What RDS does with a new instance: an owner who may make roles, and an empty database that is his. */
export async function createDatabase(
  postgres: PostgresAddress,
  { name, owner }: DatabaseManifest,
): Promise<void> {
  const { host, port, user, database, password } = postgres;
  const client = new pg.Client({ host, port, user, database, ...(password && { password }) });
  await client.connect();
  try {
    const role = client.escapeIdentifier(owner);
    if ((await client.query("select 1 from pg_roles where rolname = $1", [owner])).rowCount === 0) {
      await client.query(`create role ${role} login createrole createdb`);
    }
    // The migration grants it, as it would on RDS, where the role exists from the beginning.
    if ((await client.query("select 1 from pg_roles where rolname = 'rds_iam'")).rowCount === 0) {
      await client.query("create role rds_iam nologin");
      await client.query(`grant rds_iam to ${role} with admin option`);
    }
    if ((await client.query("select 1 from pg_database where datname = $1", [name])).rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${role}`);
    }
  } finally {
    await client.end();
  }
}
