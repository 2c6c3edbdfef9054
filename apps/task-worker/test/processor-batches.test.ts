import { randomBytes } from "node:crypto";
import { partitionOf, type TaskEvent } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { eventually, kafkaWitness, readRecords } from "../../../tests/support/back-ends.ts";
import { effects, produce, produceEvents, scene, toMessage } from "./consumer-scene.ts";
import { metric, taskEvent } from "./support.ts";

test("events of many users are applied in batches, the order of each user is kept, and a repeated event counts once", async () => {
  const { database, topic, start } = await scene();
  const processor = await start();
  await processor.ready();
  const events = Array.from({ length: 2_000 }, (_, at) => taskEvent(`user-${at % 100}`));
  await produceEvents(topic, [...events, ...events.slice(0, 50)]);
  await eventually(async () => (await effects(database)).length === events.length, "2,000 effects");
  const order = await effects(database);
  const position = new Map(order.map((id, at) => [id, at]));
  for (let user = 0; user < 100; user += 1) {
    const places = events
      .filter((_, at) => at % 100 === user)
      .map(({ event_id }) => position.get(event_id) ?? -1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
  await eventually(
    async () => (await metric(processor.adminUrl, "events_processed_total", 'result="duplicate"')) === 50,
    "the repeated events",
  );
});

test("an event that the database refuses is dead-lettered alone: the others of its batch are applied, in their order", async () => {
  const { database, topic, deadLetterTopic, start } = await scene();
  // PostgreSQL cannot store a zero character.
  const events = Array.from({ length: 300 }, (_, at) =>
    taskEvent(at === 150 ? "user\u0000" : `user-${at % 50}`),
  );
  await produce(topic, await Promise.all(events.map(toMessage)));
  const processor = await start();
  await processor.ready();
  const good = events.filter((_, at) => at !== 150);
  await eventually(async () => (await effects(database)).length === good.length, "the good events");
  const [letter] = await readRecords(deadLetterTopic, 1);
  expect([letter?.key, letter?.headers["x-exception-reason"]]).toEqual(["user\u0000", "sqlstate-22021"]);
  const order = await effects(database);
  for (const user of new Set(good.map((event) => event.user_id))) {
    const ids = good.filter((event) => event.user_id === user).map((event) => event.event_id);
    expect(order.filter((id) => ids.includes(id))).toEqual(ids);
  }
  expect(await metric(processor.adminUrl, "events_dead_lettered_total")).toBe(1);
});

test("while every partition has more than a fetch returns, each of them is read", async () => {
  const { database, topic, start } = await scene();
  const partitions = 6;
  const ofPartition = Array.from({ length: partitions }, (): TaskEvent[] => []);
  for (let at = 0; ofPartition.some(({ length }) => length < 12); at += 1) {
    const user = `user-${at}`;
    const events = ofPartition[partitionOf(user, partitions)];
    // Random text, so that compression does not make it small: each event alone is larger than a fetch.
    if (events !== undefined && events.length < 12)
      events.push(taskEvent(user, { payload: randomBytes(75_000).toString("base64") }));
  }
  for (let at = 0; at < 12; at += 1)
    for (const events of ofPartition) await produceEvents(topic, events.slice(at, at + 1));
  const processor = await start();
  await processor.ready();
  await eventually(async () => (await effects(database)).length === 12 * partitions, "every effect");
  const order = await effects(database);
  const admin = kafkaWitness().admin();
  await admin.connect();
  const [metadata] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics;
  await admin.disconnect();
  const ofLeader = Map.groupBy(metadata?.partitions ?? [], ({ leader }) => leader);
  for (const own of ofLeader.values()) {
    const places = own.map(({ partitionId }) =>
      (ofPartition[partitionId] ?? []).map(({ event_id }) => order.indexOf(event_id)),
    );
    // Each has begun before any other of its leader is done.
    const lastToBegin = Math.max(...places.map((all) => Math.min(...all)));
    expect(lastToBegin).toBeLessThan(Math.min(...places.map((all) => Math.max(...all))));
  }
  expect([...ofLeader.values()].some(({ length }) => length > 1)).toBe(true);
});
