import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeTaskEvent, frame, type TaskEvent, taskEventSchema } from "@task-platform/contracts";
import { expect, onTestFinished, test } from "vitest";
import {
  backEnds,
  eventually,
  query,
  readRecords,
  type TestDatabase,
} from "../../../tests/support/back-ends.ts";
import { committed, effects, produce, produceEvents, scene, toMessage } from "./consumer-scene.ts";
import { metric, taskEvent } from "./support.ts";

/** Id of a schema that only the registry of this file knows. */
const brokenSchemaId = 777_777;

/** A schema registry that refuses one schema until it is mended. No retry of the event can help before. */
async function brokenRegistry() {
  const state = { mended: false };
  const answer = async ({ url = "" }: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader("content-type", "application/json");
    if (!url.startsWith(`/schemas/ids/${brokenSchemaId}`)) {
      const real = await fetch(backEnds().registryUrl + url);
      response.writeHead(real.status).end(await real.text());
    } else if (state.mended) {
      response.end(JSON.stringify({ schema: taskEventSchema }));
    } else {
      response.writeHead(422).end(JSON.stringify({ message: "refused" }));
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: { SCHEMA_REGISTRY_URL: url },
    mend: () => {
      state.mended = true;
    },
  };
}

async function produceBroken(topic: string, event: TaskEvent): Promise<void> {
  await produce(topic, [
    { ...(await toMessage(event)), value: frame(brokenSchemaId, encodeTaskEvent(event)) },
  ]);
}

async function parked(database: TestDatabase): Promise<number> {
  const { rows } = await query(database, "select count(*)::int as n from parked_events");
  return (rows as { n: number }[])[0]?.n ?? -1;
}

const idsOf = (events: readonly TaskEvent[]): string[] => events.map(({ event_id }) => event_id);
const three = (user: string): TaskEvent[] => Array.from({ length: 3 }, () => taskEvent(user));

test("events of a user wait behind one that fails, in their order, and others of the partition go on", async () => {
  const { database, topic, deadLetterTopic, start } = await scene();
  const registry = await brokenRegistry();
  const processor = await start({ ...registry.environment, RETRY_LATE_MS: "3000" });
  await processor.ready();
  const [first, ...later] = three("user-1");
  if (first === undefined) throw new Error("no event");
  await produceBroken(topic, first);
  await produceEvents(topic, later);
  const others = three("user-2");
  await produceEvents(topic, others);
  await eventually(async () => (await effects(database)).length === others.length, "the others");
  await eventually(async () => (await parked(database)) === 3, "all of the user to be parked");
  registry.mend();
  await eventually(async () => (await effects(database)).length === 6, "all effects");
  expect(await effects(database)).toEqual(idsOf([...others, first, ...later]));
  await eventually(async () => (await parked(database)) === 0, "nothing to be parked");
  // The user is free again: the next event waits for nobody.
  const before = await metric(processor.adminUrl, "events_parked_total");
  const next = taskEvent("user-1");
  await produceEvents(topic, [next]);
  await eventually(async () => (await effects(database)).includes(next.event_id), "the next effect");
  expect(await metric(processor.adminUrl, "events_parked_total")).toBe(before);
  expect(await readRecords(deadLetterTopic, 0)).toEqual([]);
});

test("an event that fails in every retry topic is dead-lettered with its place in the source, and those behind it are applied in order", async () => {
  const { database, topic, deadLetterTopic, start } = await scene();
  const registry = await brokenRegistry();
  const processor = await start(registry.environment);
  await processor.ready();
  const [first, ...later] = three("user-1");
  if (first === undefined) throw new Error("no event");
  await produceBroken(topic, first);
  await produceEvents(topic, later);
  const [letter] = await readRecords(deadLetterTopic, 1);
  expect(letter).toMatchObject({
    key: "user-1",
    value: frame(brokenSchemaId, encodeTaskEvent(first)),
    headers: {
      correlation_id: `c-${first.event_id}`,
      "x-original-topic": topic,
      "x-original-offset": "0",
      "x-exception-reason": "failed",
    },
  });
  expect(Object.keys(letter?.headers ?? {})).not.toContain("x-not-before");
  await eventually(async () => (await effects(database)).length === 2, "the others of the user");
  expect(await effects(database)).toEqual(idsOf(later));
  await eventually(async () => (await parked(database)) === 0, "nothing to be parked");
});

test("a processor that takes the partitions of another one keeps the order of the users that were parked", async () => {
  const { database, topic, group, start } = await scene();
  const registry = await brokenRegistry();
  const delays = { RETRY_SOON_MS: "5000", RETRY_LATE_MS: "5000" };
  const members = [
    await start({ ...registry.environment, ...delays, POD_NAME: "task-processor-1" }),
    await start({ ...registry.environment, ...delays, POD_NAME: "task-processor-2" }),
  ];
  for (const member of members) await member.ready();
  // Until both have handled events, so that both have read which keys are parked: none.
  const others = Array.from({ length: 24 }, (_, at) => taskEvent(`other-${at}`));
  const shared = async (): Promise<boolean> => {
    await produceEvents(topic, others);
    const counts = members.map(({ adminUrl }) => metric(adminUrl, "events_processed_total"));
    return (await Promise.all(counts)).every((count) => count > 0);
  };
  await eventually(shared, "both members to have partitions");
  const [broken, second, third] = three("user-1");
  if (broken === undefined || second === undefined || third === undefined) throw new Error("no events");
  await produceBroken(topic, broken);
  await produceEvents(topic, [second]);
  await eventually(async () => (await parked(database)) === 2, "both events to be parked");
  const counts = await Promise.all(members.map(({ adminUrl }) => metric(adminUrl, "events_parked_total")));
  const owner = members[counts.findIndex((count) => count > 0)];
  owner?.child.kill("SIGTERM");
  expect(await owner?.exit).toBe(0);
  // In order to stop, it has committed the place after both: the heir does not see them in the source again.
  expect(await committed(topic, group)).toBeGreaterThan(0);
  await produceEvents(topic, [third]);
  await eventually(async () => (await parked(database)) === 3, "the third to wait behind them");
  registry.mend();
  const ids = idsOf([broken, second, third]);
  const applied = async (): Promise<string[]> => (await effects(database)).filter((id) => ids.includes(id));
  await eventually(async () => (await applied()).length === 3, "all effects");
  expect(await applied()).toEqual(ids);
});
