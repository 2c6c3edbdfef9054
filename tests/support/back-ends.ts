import { randomBytes } from "node:crypto";
import { createSchemaRegistry, type SchemaRegistry } from "@task-platform/runtime/schema-registry";
import { Kafka, logLevel } from "kafkajs";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import type { Addresses, PostgresAddress } from "../../tools/local/back-ends/index.ts";
import { createTopics as createKafkaTopics } from "../../tools/local/provision/index.ts";
import { eventually } from "./eventually.ts";
import type {} from "./global-setup.ts"; // declares the type of `inject("backEnds")`

export { eventually };

/** Addresses of the back ends that the global set-up has started. */
export function backEnds(): Required<Addresses> {
  return inject("backEnds") as Required<Addresses>;
}

/** The schema registry of the tests, with time for an answer while other tests keep the machine busy. */
export function schemaRegistry(): SchemaRegistry {
  return createSchemaRegistry({ url: backEnds().registryUrl }, 60_000);
}

/** A name that no other test uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(6).toString("hex")}`;
}

/** Address of a new, empty database. */
export interface TestDatabase extends PostgresAddress {
  readonly name: string;
}

/** Creates an empty database. All databases of the server share its roles, so only the grants are separate. */
export async function createDatabase(): Promise<TestDatabase> {
  const { postgres } = backEnds();
  const name = uniqueName("test");
  await query(postgres, `create database ${name}`);
  return { ...postgres, database: name, name };
}

/** Runs one statement on a new connection. */
export async function query(
  address: PostgresAddress,
  text: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult> {
  const client = new pg.Client({
    host: address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    ...(address.password && { password: address.password }),
  });
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

/** A topic to create. */
export interface TestTopic {
  readonly partitions?: number;
  readonly config?: Readonly<Record<string, string>>;
}

/** kafkajs checks the records of the services independently, because the services use another client. */
export function kafkaWitness(): Kafka {
  return new Kafka({
    clientId: "test-witness",
    brokers: [...backEnds().kafka.brokers],
    logLevel: logLevel.NOTHING,
  });
}

/**
 * Creates a topic for each name, with three replicas and two of them in sync as on AWS, and returns the real names:
 * `createTopics({ events: {} })` → `{ events: "events_3f…" }`.
 */
export async function createTopics<Name extends string>(
  topics: Readonly<Record<Name, TestTopic>>,
): Promise<Record<Name, string>> {
  const names = Object.fromEntries(Object.keys(topics).map((name) => [name, uniqueName(name)])) as Record<
    Name,
    string
  >;
  await createKafkaTopics(
    backEnds().kafka,
    (Object.keys(topics) as Name[]).map((name) => ({
      name: names[name],
      partitions: topics[name].partitions ?? 6,
      replicationFactor: 3,
      configs: { "min.insync.replicas": "2", ...topics[name].config },
    })),
  );
  return names;
}

/** A record as kafkajs read it. */
export interface WitnessedRecord {
  readonly partition: number;
  readonly offset: string;
  readonly key: string | undefined;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the topic from its beginning until it has `count` records. It fails at the deadline. */
export async function readRecords(
  topic: string,
  count: number,
  timeoutMs = 90_000,
): Promise<WitnessedRecord[]> {
  const consumer = kafkaWitness().consumer({ groupId: uniqueName("witness") });
  onTestFinished(() => consumer.disconnect());
  const records: WitnessedRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      records.push({
        partition,
        offset: message.offset,
        key: message.key?.toString(),
        value: message.value,
        headers: Object.fromEntries(
          Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]),
        ),
      });
    },
  });
  await eventually(() => records.length >= count, `${count} records in ${topic}`, timeoutMs);
  await consumer.disconnect();
  return records;
}

/** An answer of a JSON API. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends one request with a JSON body. An empty answer gives `undefined`. */
export async function fetchJson(
  url: string,
  options: { method?: string; token?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<JsonAnswer> {
  const response = await fetch(url, {
    method: options.method ?? "GET",
    headers: {
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
  };
}
