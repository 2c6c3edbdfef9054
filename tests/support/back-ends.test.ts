import { expect, test } from "vitest";
import {
  backEnds,
  createDatabase,
  createTopics,
  fetchJson,
  kafkaWitness,
  query,
  readRecords,
} from "./back-ends.ts";

test("a created database is empty and can be written", async () => {
  const database = await createDatabase();
  const tables = await query(database, "select 1 from pg_tables where schemaname = 'public'");
  expect(tables.rowCount).toBe(0);
  await query(database, "create table one (id int)");
});

test("a created topic keeps what is written with acks from all copies", async () => {
  const { events } = await createTopics({ events: { partitions: 2 } });
  const producer = kafkaWitness().producer();
  await producer.connect();
  await producer.send({
    topic: events,
    acks: -1,
    messages: [{ key: "a", value: "one", headers: { h: "1" } }],
  });
  await producer.disconnect();
  const [record] = await readRecords(events, 1);
  expect(record).toMatchObject({ key: "a", value: Buffer.from("one"), headers: { h: "1" } });
});

test("the registry answers", async () => {
  expect(await fetchJson(`${backEnds().registryUrl}/config`)).toMatchObject({
    status: 200,
    body: { compatibilityLevel: "BACKWARD" },
  });
});
