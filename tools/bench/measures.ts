import { randomUUID } from "node:crypto";
import { encodeTaskEvent, partitionOf, taskEventSchemaVersion, topics } from "@task-platform/contracts";
import { waitUntil } from "../local/index.ts";
import type { Bench } from "./environment.ts";
import { type LoadResult, load, processorMs } from "./load.ts";

/** One line of the result. */
export interface Row {
  readonly name: string;
  readonly result: string;
  readonly against: string;
}

export interface Size {
  readonly rounds: number;
  readonly seconds: number;
  readonly events: number;
}

const body = JSON.stringify({ title: "write it down", description: "x".repeat(100) });
const connections = 32;
const drainWithinMs = 300_000;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");

/** Creates against bare Fastify, alternated; relay and processor run beside, and the processor time of each is told. */
export async function measureCreates(bench: Bench, { rounds, seconds }: Size): Promise<readonly Row[]> {
  const [api, relay, processor, bare] = [
    await bench.start("task-api"),
    await bench.start("relay"),
    await bench.start("processor"),
    await bench.start("bare"),
  ];
  const token = (at: number): string => bench.tokens[at % bench.tokens.length] ?? "";
  const post = (port: number): Promise<LoadResult> =>
    load({ port, method: "POST", connections, seconds, body, token });
  const processes = {
    API: api.child.pid,
    PostgreSQL: bench.postgres,
    relay: relay.child.pid,
    processor: processor.child.pid,
  };
  // Every token once, because a token is checked at its first request only.
  await load({ port: api.port, method: "GET", connections, seconds: 2, token });
  const results: { own: LoadResult; bare: LoadResult }[] = [];
  const used = new Map<string, number>();
  let created = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = Object.values(processes).map(processorMs);
    const own = await post(api.port);
    await drained(bench);
    for (const [at, [name, pid]] of Object.entries(processes).entries())
      used.set(name, (used.get(name) ?? 0) + processorMs(pid) - (before[at] ?? 0));
    // The warm-up is a tenth, and its requests cost as much.
    created += own.count * 1.1;
    results.push({ own, bare: await post(bare.port) });
  }
  const [own, plain] = [
    median(results.map((one) => one.own.perSecond)),
    median(results.map((one) => one.bare.perSecond)),
  ];
  const failed = results.reduce((sum, one) => sum + one.own.failed, 0);
  const each = [...used].map(([name, ms]) => `${name} ${(ms / created).toFixed(2)}`).join(", ");
  const sum = [...used.values()].reduce((total, ms) => total + ms, 0) / created;
  for (const service of [bare, processor, relay, api]) await service.stop();
  return [
    {
      name: `POST /v1/tasks, ${connections} connections`,
      result: `${whole(own)}/s, p99 ${whole(median(results.map((one) => one.own.p99)))} ms, ${failed} failed`,
      against: `bare Fastify ${whole(plain)}/s: ${(own / plain).toFixed(3)}`,
    },
    { name: "processor time of one create", result: `${sum.toFixed(2)} ms`, against: each },
  ];
}

export async function measureLists(bench: Bench, { rounds, seconds }: Size): Promise<readonly Row[]> {
  const api = await bench.start("task-api");
  const token = (at: number): string => bench.tokens[at % bench.tokens.length] ?? "";
  const results: LoadResult[] = [];
  for (let round = 0; round < rounds; round += 1)
    results.push(await load({ port: api.port, method: "GET", connections, seconds, token }));
  await api.stop();
  return [
    {
      name: "GET /v1/tasks, 20 on a page",
      result: `${whole(median(results.map((one) => one.perSecond)))}/s, p99 ${whole(median(results.map((one) => one.p99)))} ms`,
      against: "",
    },
  ];
}

/** Rows that wait in the outbox, published by one relay. Counted from the first tenth, so that its start does not count. */
export async function measureRelay(bench: Bench, { events }: Size): Promise<readonly Row[]> {
  await fill(bench, events);
  // Not awaited before the count: when it is ready, it has published a part.
  const starting = bench.start("relay");
  const rate = await rateOf(events, async () => events - (await count(bench, "outbox")));
  await (await starting).stop();
  return [{ name: `relay, ${whole(events)} rows waiting`, result: `${whole(rate)}/s`, against: "" }];
}

/** The events that the relay published, applied by one processor. */
export async function measureProcessor(bench: Bench, { events }: Size): Promise<readonly Row[]> {
  const before = await count(bench, "task_activity");
  const starting = bench.start("processor");
  const rate = await rateOf(events, async () => (await count(bench, "task_activity")) - before);
  await (await starting).stop();
  return [{ name: `processor, ${whole(events)} events waiting`, result: `${whole(rate)}/s`, against: "" }];
}

async function rateOf(total: number, done: () => Promise<number>): Promise<number> {
  const wait = async (part: number): Promise<{ readonly at: number; readonly done: number }> => {
    let now = 0;
    const enough = async (): Promise<boolean> => {
      now = await done();
      return now >= total * part;
    };
    if (!(await waitUntil(enough, { withinMs: drainWithinMs, everyMs: 20 })))
      throw new Error(`only ${now} of ${total} done`);
    return { at: performance.now(), done: now };
  };
  const [first, last] = [await wait(0.1), await wait(1)];
  return ((last.done - first.done) / Math.max(1, last.at - first.at)) * 1_000;
}

async function count(bench: Bench, table: "outbox" | "task_activity"): Promise<number> {
  const [row] = await bench.query(`select count(*)::int as count from ${table}`);
  return Number(row?.count);
}

async function drained(bench: Bench): Promise<void> {
  if (!(await waitUntil(async () => (await count(bench, "outbox")) === 0, { withinMs: drainWithinMs })))
    throw new Error("the outbox was not emptied");
}

async function fill(bench: Bench, events: number): Promise<void> {
  const batch = 5_000;
  for (let from = 0; from < events; from += batch) {
    const rows = Array.from({ length: Math.min(batch, events - from) }, (_, at) => {
      const user = `user-${(from + at) % 1_000}`;
      const event = {
        event_id: randomUUID(),
        event_type: "CREATED" as const,
        task_id: randomUUID(),
        user_id: user,
        timestamp: Date.now(),
        payload: body,
        metadata: {},
      };
      return {
        shard: partitionOf(user, topics.taskEvents.partitions),
        user,
        id: event.event_id,
        bytes: encodeTaskEvent(event),
      };
    });
    await bench.query(
      `insert into outbox (shard, key, event_id, event_type, schema_version, payload, headers)
       select shard, key, event_id, 'CREATED', $5, payload, '{"correlation_id":"bench"}'
       from unnest($1::smallint[], $2::text[], $3::uuid[], $4::bytea[]) as row (shard, key, event_id, payload)`,
      [
        rows.map(({ shard }) => shard),
        rows.map(({ user }) => user),
        rows.map(({ id }) => id),
        rows.map(({ bytes }) => bytes),
        taskEventSchemaVersion,
      ],
    );
  }
}
