import {
  database as contract,
  encodeTaskEvent,
  frame,
  partitionOf,
  probePaths,
  taskEventSchema,
} from "@task-platform/contracts";
import { expect, test } from "vitest";
import {
  eventually,
  kafkaWitness,
  query,
  readRecords,
  schemaRegistry,
  uniqueName,
} from "../../../tests/support/back-ends.ts";
import { memberNames } from "../../runtime/test/kafka-parts.ts";
import { committed, effects, produce, produceEvents, scene, toMessage } from "./consumer-scene.ts";
import { metric, registeredSchemaId, taskEvent } from "./support.ts";

test("each event is applied in the order of its user, its offset is committed, and SIGTERM ends with 0", async () => {
  const { database, topic, group, start } = await scene();
  const processor = await start();
  await processor.ready();
  const events = Array.from({ length: 60 }, (_, at) => taskEvent(`user-${at % 3}`));
  await produceEvents(topic, events);
  await eventually(async () => (await effects(database)).length === events.length, "60 effects");
  await eventually(async () => (await committed(topic, group)) === events.length, "60 committed offsets");
  const order = await effects(database);
  for (const user of ["user-0", "user-1", "user-2"]) {
    const ids = events.filter((event) => event.user_id === user).map((event) => event.event_id);
    expect(order.filter((id) => ids.includes(id))).toEqual(ids);
  }
  processor.child.kill("SIGTERM");
  // A stop that takes longer than its grace ends with another code.
  expect(await processor.exit).toBe(0);
});

test("a killed processor that starts again in its pod takes its old place in the group, so its partitions do not wait", async () => {
  const { database, topic, group, start } = await scene();
  const first = await start({ POD_NAME: "task-processor-1" });
  await first.ready();
  await produceEvents(topic, [taskEvent("user-1")]);
  await eventually(async () => (await effects(database)).length === 1, "the first effect");
  first.child.kill("SIGKILL");
  await first.exit;
  const second = await start({ POD_NAME: "task-processor-1" });
  await second.ready();
  // Under any other name it would wait until the session of the killed one ends.
  expect(await memberNames(group)).toEqual(["task-processor-1"]);
  await produceEvents(topic, [taskEvent("user-1")]);
  await eventually(async () => (await effects(database)).length === 2, "the second effect");
});

test("an event that is delivered twice, also across a restart, is applied once", async () => {
  const { database, topic, group, start } = await scene();
  const event = taskEvent("user-1");
  const first = await start();
  await first.ready();
  await produceEvents(topic, [event, event]);
  await eventually(async () => (await committed(topic, group)) === 2, "both committed");
  first.child.kill("SIGTERM");
  expect(await first.exit).toBe(0);
  await produceEvents(topic, [event]);
  const second = await start();
  await second.ready();
  await eventually(async () => (await committed(topic, group)) === 3, "the third committed");
  expect(await effects(database)).toEqual([event.event_id]);
  expect(await metric(second.adminUrl, "events_processed_total", 'result="duplicate"')).toBe(1);
});

test("an unreadable event is dead-lettered byte for byte with its reason, and the next event of the partition is processed", async () => {
  const { database, topic, deadLetterTopic, start } = await scene();
  const event = taskEvent("user-1");
  const partition = partitionOf("user-1", 6);
  const id = await registeredSchemaId();
  const good = encodeTaskEvent(event);
  const bad: readonly (Buffer | null)[] = [
    Buffer.from("not framed"),
    Buffer.from([0, 0]),
    frame(id, good.subarray(0, 20)),
    frame(id, encodeTaskEvent(taskEvent("user-1", { event_id: "no uuid" }))),
    // PostgreSQL cannot store a zero character.
    frame(id, encodeTaskEvent(taskEvent("user\u0000"))),
    null,
  ];
  await produce(topic, [
    ...bad.map((value) => ({ key: "user-1", partition, value, headers: { correlation_id: "c-1" } })),
    await toMessage(event),
  ]);
  const processor = await start();
  await processor.ready();
  await eventually(async () => (await effects(database)).length === 1, "the good event");
  const letters = await readRecords(deadLetterTopic, bad.length);
  expect(letters.map(({ value }) => value)).toEqual(bad);
  expect(letters.map(({ headers }) => headers["x-exception-reason"])).toEqual([
    ...Array.from({ length: 4 }, () => "unreadable"),
    "sqlstate-22021",
    "unreadable",
  ]);
  expect(letters[0]).toMatchObject({
    partition,
    key: "user-1",
    headers: {
      correlation_id: "c-1",
      "x-exception-class": "UnreadableEventError",
      "x-exception-message": "value starts with byte 110, not with the magic byte 0",
      "x-attempts": "1",
      "x-original-topic": topic,
      "x-original-partition": String(partition),
      "x-original-offset": "0",
    },
  });
  expect(await effects(database)).toEqual([event.event_id]);
  expect(await metric(processor.adminUrl, "events_dead_lettered_total")).toBe(bad.length);
});

test("while the database fails, events wait uncommitted and are not dead-lettered; afterwards all are applied", async () => {
  const { database, topic, deadLetterTopic, group, start } = await scene();
  const processor = await start();
  await processor.ready();
  await query(database, "alter table task_activity rename to hidden");
  const events = [taskEvent("user-1"), taskEvent("user-1"), taskEvent("user-2")];
  await produceEvents(topic, events);
  await eventually(
    async () => (await metric(processor.adminUrl, "events_retried_total")) >= 2,
    "retries of both users",
  );
  expect(await committed(topic, group)).toBe(0);
  expect((await fetch(processor.adminUrl + probePaths.live)).status).toBe(200);
  await query(database, "alter table hidden rename to task_activity");
  await eventually(async () => (await effects(database)).length === events.length, "all effects");
  await eventually(async () => (await committed(topic, group)) === events.length, "all committed");
  const admin = kafkaWitness().admin();
  await admin.connect();
  const letters = await admin.fetchTopicOffsets(deadLetterTopic);
  await admin.disconnect();
  expect(letters.map(({ high }) => high)).toEqual(["0", "0", "0", "0", "0", "0"]);
});

test("SIGTERM while events wait for the database ends with 0, and the next process applies them", async () => {
  const { database, topic, start } = await scene();
  const first = await start();
  await first.ready();
  await query(database, "alter table task_activity rename to hidden");
  const events = [taskEvent("user-1"), taskEvent("user-1")];
  await produceEvents(topic, events);
  await eventually(async () => (await metric(first.adminUrl, "events_retried_total")) >= 1, "a retry");
  first.child.kill("SIGTERM");
  expect(await first.exit).toBe(0);
  await query(database, "alter table hidden rename to task_activity");
  await start();
  await eventually(async () => (await effects(database)).length === 2, "both effects");
  expect(await effects(database)).toEqual(events.map((event) => event.event_id));
});

test("an event of a newer or unknown schema waits in a retry topic: it is told, never dead-lettered, and its partition goes on", async () => {
  const { database, topic, deadLetterTopic, group, start } = await scene();
  const schema = JSON.parse(taskEventSchema) as { fields: { name: string; type: { symbols?: string[] } }[] };
  schema.fields.find(({ name }) => name === "event_type")?.type.symbols?.push("ARCHIVED");
  const id = await schemaRegistry().register(uniqueName("newer"), JSON.stringify(schema));
  const processor = await start();
  await processor.ready();
  // No schema of the registry has the second id.
  for (const [user, schemaId] of [
    ["newer", id],
    ["unknown", 999_999],
  ] as const) {
    const event = taskEvent(user);
    await produce(topic, [{ ...(await toMessage(event)), value: frame(schemaId, encodeTaskEvent(event)) }]);
  }
  const others = Array.from({ length: 12 }, (_, at) => taskEvent(`other-${at}`));
  await produceEvents(topic, others);
  await eventually(async () => (await effects(database)).length === others.length, "the other effects");
  const counted = (name: string): Promise<number> => metric(processor.adminUrl, name, '"rollout"');
  // More often than there are retry topics: it goes on in the last one.
  await eventually(
    async () => (await counted("events_parked_total")) >= 6,
    "both to be tried again and again",
  );
  expect(await counted("events_retried_total")).toBeGreaterThan(6);
  expect(await committed(topic, group)).toBe(others.length + 2);
  expect((await fetch(processor.adminUrl + probePaths.ready)).status).toBe(200);
  expect(await readRecords(deadLetterTopic, 0)).toEqual([]);
  expect((await effects(database)).length).toBe(others.length);
});

test("an event whose time is in another unit, or before what is kept, is dead-lettered and never stored", async () => {
  const { database, deadLetterTopic, topic, start } = await scene();
  const processor = await start();
  await processor.ready();
  const tooOld = Date.now() - (contract.activity.keptDays + 1) * 24 * 60 * 60 * 1_000;
  const wrong = [Date.now() * 1_000, Math.floor(Date.now() / 1_000), -1, tooOld].map((timestamp) =>
    taskEvent("user", { timestamp }),
  );
  const good = taskEvent("user");
  await produceEvents(topic, [...wrong, good]);
  await eventually(
    async () => (await effects(database)).includes(good.event_id),
    "the effect of the good event",
  );
  const letters = await readRecords(deadLetterTopic, wrong.length);
  // The decoder says why. A database that refuses the row says only that it has no partition for it.
  expect(letters.map(({ headers }) => headers["x-exception-message"])).toEqual(
    wrong.map(({ timestamp }) =>
      expect.stringContaining(`timestamp: got ${timestamp}; allowed: milliseconds`),
    ),
  );
  expect(await effects(database)).toEqual([good.event_id]);
});
