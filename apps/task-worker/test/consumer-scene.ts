import { encodeTaskEvent, frame, partitionOf, type TaskEvent } from "@task-platform/contracts";
import type { Message } from "kafkajs";
import {
  createTopics,
  kafkaWitness,
  query,
  type TestDatabase,
  uniqueName,
} from "../../../tests/support/back-ends.ts";
import { createMigratedDatabase } from "../../schema/test/migrated-database.ts";
import { type RoleProcess, registeredSchemaId, startRole } from "./support.ts";

/** A consumer with a database and topics of its own. */
interface Scene {
  readonly database: TestDatabase;
  readonly topic: string;
  readonly deadLetterTopic: string;
  readonly group: string;
  start(environment?: Readonly<Record<string, string>>): Promise<RoleProcess>;
}

export async function scene(role: "processor" | "analytics" = "processor"): Promise<Scene> {
  const database = await createMigratedDatabase();
  const { events, soon, late, dead } = await createTopics({ events: {}, soon: {}, late: {}, dead: {} });
  const group = uniqueName("group");
  return {
    database,
    topic: events,
    deadLetterTopic: dead,
    group,
    start: (environment) =>
      startRole(role, database, {
        TOPIC_TASK_EVENTS: events,
        TOPIC_RETRY_SOON: soon,
        TOPIC_RETRY_LATE: late,
        TOPIC_DEAD_LETTER: dead,
        RETRY_SOON_MS: "500",
        RETRY_LATE_MS: "1000",
        CONSUMER_GROUP: group,
        ...environment,
      }),
  };
}

export async function produce(
  topic: string,
  messages: readonly (Message & { readonly partition: number })[],
): Promise<void> {
  const producer = kafkaWitness().producer();
  await producer.connect();
  await producer.send({ topic, messages: [...messages] });
  await producer.disconnect();
}

export async function toMessage(event: TaskEvent): Promise<Message & { partition: number }> {
  return {
    key: event.user_id,
    partition: partitionOf(event.user_id, 6),
    value: frame(await registeredSchemaId(), encodeTaskEvent(event)),
    headers: { event_type: event.event_type, correlation_id: `c-${event.event_id}` },
  };
}

export const produceEvents = async (topic: string, events: readonly TaskEvent[]): Promise<void> =>
  produce(topic, await Promise.all(events.map(toMessage)));

export async function effects(database: TestDatabase): Promise<string[]> {
  const { rows } = await query(database, "select event_id from task_activity order by seq");
  return (rows as { event_id: string }[]).map((row) => row.event_id);
}

/**
 * Sum of the offsets that the group has committed. Topics start empty, so it is the number of processed records. While
 * the brokers still create the topic of offsets, the second client rejects; that counts as 0.
 */
export async function committed(topic: string, group: string): Promise<number> {
  const admin = kafkaWitness().admin();
  await admin.connect();
  try {
    const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] }).catch(() => []);
    return offsets?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0) ?? 0;
  } finally {
    await admin.disconnect();
  }
}
