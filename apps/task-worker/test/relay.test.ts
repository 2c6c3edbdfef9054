import {
  probePaths,
  taskEventReader,
  taskEventSchema,
  taskEventSubject,
  unframe,
} from "@task-platform/contracts";
import { expect, test } from "vitest";
import {
  createTopics,
  eventually,
  kafkaWitness,
  query,
  readRecords,
  schemaRegistry,
  uniqueName,
} from "../../../tests/support/back-ends.ts";
import { createMigratedDatabase } from "../../schema/test/migrated-database.ts";
import { insertEvents, metric, startRole, taskEvent } from "./support.ts";

const read = taskEventReader(taskEventSchema);
const users = Array.from({ length: 20 }, (_, at) => `user-${at}`);

test("an event is published with its key, headers and schema id, and is deleted from the outbox", async () => {
  const database = await createMigratedDatabase();
  const { events: topic } = await createTopics({ events: {} });
  const relay = await startRole("relay", database, { TOPIC_TASK_EVENTS: topic });
  await relay.ready();
  const event = taskEvent("user-1", { payload: '{"title":"buy milk"}' });
  await insertEvents(database, [event]);
  const [record] = await readRecords(topic, 1);
  expect(record?.key).toBe("user-1");
  expect(record?.headers).toEqual({ event_type: "CREATED", correlation_id: `c-${event.event_id}` });
  const { schemaId, body } = unframe(record?.value ?? Buffer.alloc(0));
  expect(read(body)).toEqual(event);
  const { id } = await schemaRegistry().latest(taskEventSubject);
  expect(schemaId).toBe(id);
  await eventually(async () => (await metric(relay.adminUrl, "outbox_published_total")) === 1, "the metric");
  expect((await query(database, "select id from outbox")).rows).toEqual([]);
  relay.child.kill("SIGTERM");
  expect(await relay.exit).toBe(0);
});

test("two relays keep the order of every user and lose no event when one of them is killed under load", async () => {
  const database = await createMigratedDatabase();
  const { events: topic } = await createTopics({ events: {} });
  const relays = await Promise.all(
    [1, 2].map(() => startRole("relay", database, { TOPIC_TASK_EVENTS: topic })),
  );
  const [victim, survivor] = relays;
  if (victim === undefined || survivor === undefined) throw new Error("two relays were started");
  await victim.ready();
  await survivor.ready();
  const held = (): Promise<number[]> =>
    Promise.all(relays.map(({ adminUrl }) => metric(adminUrl, "outbox_shards_held")));
  await eventually(async () => (await held()).join() === "3,3", "three shards for each relay");
  // The locks are exclusive, so the two relays hold different shards.
  const locks = await query(
    database,
    `select distinct objid from pg_locks join pg_database on pg_database.oid = database
     where locktype = 'advisory' and mode = 'ExclusiveLock' and datname = current_database()`,
  );
  expect(locks.rowCount).toBe(6);

  const rounds = 150;
  const events = Array.from({ length: rounds }, (_, round) =>
    users.map((user) => taskEvent(user, { metadata: { round: String(round) } })),
  );
  for (const [round, batch] of events.entries()) {
    await insertEvents(database, batch);
    if (round === rounds / 2) victim.child.kill("SIGKILL");
  }
  await eventually(
    async () => (await query(database, "select id from outbox limit 1")).rowCount === 0,
    "an empty outbox",
  );

  const all = rounds * users.length;
  const records = await readRecords(topic, all);
  const rowsOfUser = Map.groupBy(
    records.map((record) => read(unframe(record.value ?? Buffer.alloc(0)).body)),
    (event) => event.user_id,
  );
  for (const user of users) {
    const seen = [...new Set(rowsOfUser.get(user)?.map((event) => Number(event.metadata.round)))];
    expect(seen).toEqual(Array.from({ length: rounds }, (_, round) => round));
  }
  expect(await metric(survivor.adminUrl, "outbox_shards_held")).toBe(6);
  survivor.child.kill("SIGTERM");
  expect(await survivor.exit).toBe(0);
  // The driver warns when a statement is sent before the previous one has ended.
  expect(survivor.output()).not.toContain("DeprecationWarning");
});

test("a relay that is connected but publishes nothing is not ready, until it goes on", async () => {
  const database = await createMigratedDatabase();
  const { events: topic } = await createTopics({ events: {} });
  const relay = await startRole("relay", database, { TOPIC_TASK_EVENTS: topic });
  await relay.ready();
  await insertEvents(database, [taskEvent("user-1")], { schemaVersion: 99, minutesAgo: 1 });
  const status = async (): Promise<number> => (await fetch(relay.adminUrl + probePaths.ready)).status;
  await eventually(async () => (await status()) === 503, "the relay to be behind");
  await eventually(() => relay.output().includes("an event has waited for"), "the reason in the log");
  await query(database, "delete from outbox");
  await relay.ready();
  expect(await status()).toBe(200);
});

test("while Kafka refuses, events stay in the outbox without an open transaction; afterwards they are published", async () => {
  const database = await createMigratedDatabase();
  const topic = uniqueName("late");
  const relay = await startRole("relay", database, { TOPIC_TASK_EVENTS: topic });
  await insertEvents(database, [taskEvent("user-1"), taskEvent("user-2")]);
  await eventually(
    async () => (await metric(relay.adminUrl, "outbox_publish_failures_total")) >= 1,
    "a failure, after the retries of the client",
    40_000,
  );
  const open = await query(
    database,
    "select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  );
  expect(open.rows).toEqual([]);
  expect((await query(database, "select id from outbox")).rowCount).toBe(2);
  expect((await fetch(relay.adminUrl + probePaths.ready)).status).toBe(503);
  expect((await fetch(relay.adminUrl + probePaths.live)).status).toBe(200);
  const admin = kafkaWitness().admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic, numPartitions: 6, replicationFactor: 3 }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  expect(await readRecords(topic, 2)).toHaveLength(2);
  await relay.ready();
});

test("after its database connection is cut, a relay takes its shards again and publishes the events written meanwhile", async () => {
  const database = await createMigratedDatabase();
  const { events: topic } = await createTopics({ events: {} });
  const relay = await startRole("relay", database, { TOPIC_TASK_EVENTS: topic });
  await relay.ready();
  await eventually(async () => (await metric(relay.adminUrl, "outbox_shards_held")) === 6, "all shards");
  const cut = await query(
    database,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'outbox-relay' and datname = current_database()",
  );
  expect(cut.rowCount).toBe(1);
  await insertEvents(database, [taskEvent("user-1")]);
  expect(await readRecords(topic, 1)).toHaveLength(1);
  await eventually(
    async () => (await metric(relay.adminUrl, "outbox_shards_held")) === 6,
    "all shards again",
  );
});
