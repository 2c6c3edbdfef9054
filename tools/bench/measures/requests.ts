import { waitUntil } from "../../local/index.ts";
import type { Bench } from "../environment.ts";
import { type LoadResult, load, requestBytes, startUsage } from "../load/index.ts";
import { connections, median, newTask, type Row, type Size, whole } from "./row.ts";

const drainWithinMs = 300_000;
/** Many, because a commit then waits for others. */
const connectionsWithLatency = 48;
const commitLatenciesMs = [0, 5, 10];

interface Round {
  readonly own: LoadResult;
  readonly bare: LoadResult;
}

const requests = (bench: Bench, method: "GET" | "POST"): Buffer[] =>
  bench.tokens.map((token) =>
    requestBytes(method, "/v1/tasks", token, ...(method === "POST" ? [newTask] : [])),
  );

/** Sends every token once, because a token is checked at its first request only. */
const warmUp = (bench: Bench, port: number): Promise<LoadResult> =>
  load({ port, connections, seconds: 2, requests: requests(bench, "GET") });

/** Creates against bare Fastify, alternated; relay and processor run beside, and the processor time of each is told. */
export async function measureCreates(bench: Bench, { rounds, seconds }: Size): Promise<readonly Row[]> {
  const [api, relay, processor, bare] = [
    await bench.start("task-api"),
    await bench.start("relay"),
    await bench.start("processor"),
    await bench.start("bare"),
  ];
  const creates = (port: number): Promise<LoadResult> =>
    load({ port, connections, seconds, requests: requests(bench, "POST") });
  await warmUp(bench, api.port);
  const counted = {
    API: [api.pid],
    PostgreSQL: [bench.postgres],
    relay: [relay.pid],
    processor: [processor.pid],
  };
  const beside = { Kafka: bench.brokers };
  const used = new Map<string, number>();
  const found: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const usage = startUsage({ ...counted, ...beside });
    const own = await creates(api.port);
    await drained(bench);
    for (const [name, ms] of usage()) used.set(name, (used.get(name) ?? 0) + ms);
    found.push({ own, bare: await creates(bare.port) });
  }
  for (const service of [bare, processor, relay, api]) await service.stop();
  return rowsOf(found, used, Object.keys(counted));
}

function rowsOf(
  found: readonly Round[],
  used: ReadonlyMap<string, number>,
  counted: readonly string[],
): readonly Row[] {
  const [own, plain] = [
    median(found.map((one) => one.own.perSecond)),
    median(found.map((one) => one.bare.perSecond)),
  ];
  const sum = (of: (one: Round) => number): number => found.reduce((total, one) => total + of(one), 0);
  const created = sum((one) => one.own.sent);
  const perCreate = (ms: number): string => (ms / created).toFixed(2);
  const total = counted.reduce((ms, name) => ms + (used.get(name) ?? 0), 0);
  return [
    {
      name: `POST /v1/tasks, ${connections} connections`,
      result: `${whole(own)}/s, p99 ${whole(median(found.map((one) => one.own.p99)))} ms, ${sum((one) => one.own.failed)} failed`,
      against: `bare Fastify ${whole(plain)}/s: ${(own / plain).toFixed(3)}`,
    },
    {
      name: "processor time of one create",
      result: `${perCreate(total)} ms`,
      against: [...used]
        .map(([name, ms]) => `${name} ${perCreate(ms)}${counted.includes(name) ? "" : " (not in the sum)"}`)
        .join(", "),
    },
  ];
}

async function drained(bench: Bench): Promise<void> {
  const empty = async (): Promise<boolean> => (await bench.count("outbox")) === 0;
  if (!(await waitUntil(empty, { withinMs: drainWithinMs }))) throw new Error("the outbox was not emptied");
}

/** Creates while each commit takes so long as it does with a replica in another zone. */
export async function measureCommitLatency(bench: Bench, { rounds, seconds }: Size): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const api = await bench.start("task-api");
  await warmUp(bench, api.port);
  for (const ms of commitLatenciesMs) {
    await setCommitLatency(bench, ms);
    const found: LoadResult[] = [];
    for (let round = 0; round < rounds; round += 1)
      found.push(
        await load({
          port: api.port,
          connections: connectionsWithLatency,
          seconds,
          requests: requests(bench, "POST"),
        }),
      );
    rows.push({
      name: `creates with a commit latency of ${ms} ms, ${connectionsWithLatency} connections`,
      result: `${whole(median(found.map((one) => one.perSecond)))}/s`,
      against: "no relay or processor beside",
    });
  }
  await setCommitLatency(bench, 0);
  await api.stop();
  // No other measure meets these events.
  await bench.query("truncate outbox");
  return rows;
}

async function setCommitLatency(bench: Bench, ms: number): Promise<void> {
  await bench.query(`alter system set commit_delay = ${ms * 1_000}`);
  await bench.query(`alter system set commit_siblings = ${ms === 0 ? 5 : 0}`);
  await bench.query("select pg_reload_conf()");
}

/** Lists of users who have a task more than a page holds, against bare Fastify that answers a page of the same size. */
export async function measureLists(bench: Bench, { rounds, seconds }: Size): Promise<readonly Row[]> {
  await bench.query(
    `insert into tasks (id, user_id, title, description, created_at, updated_at)
     select gen_random_uuid(), 'user-' || at, 'write it down', repeat('x', 100), now(), now()
     from generate_series(0, $1 - 1) at, generate_series(1, 21)`,
    [bench.tokens.length],
  );
  const [api, bare] = [await bench.start("task-api"), await bench.start("bare")];
  await warmUp(bench, api.port);
  const found: Round[] = [];
  const used = new Map<string, number>();
  const lists = (port: number): Promise<LoadResult> =>
    load({ port, connections, seconds, requests: requests(bench, "GET") });
  for (let round = 0; round < rounds; round += 1) {
    const usage = startUsage({ API: [api.pid], PostgreSQL: [bench.postgres] });
    const own = await lists(api.port);
    for (const [name, ms] of usage()) used.set(name, (used.get(name) ?? 0) + ms);
    found.push({ own, bare: await lists(bare.port) });
  }
  const sent = found.reduce((sum, one) => sum + one.own.sent, 0);
  await api.stop();
  await bare.stop();
  const [own, plain] = [
    median(found.map((one) => one.own.perSecond)),
    median(found.map((one) => one.bare.perSecond)),
  ];
  return [
    {
      name: "GET /v1/tasks, 20 on a page",
      result: `${whole(own)}/s, p99 ${whole(median(found.map((one) => one.own.p99)))} ms`,
      against: `bare Fastify with a page of the same size ${whole(plain)}/s: ${(own / plain).toFixed(3)}`,
    },
    {
      name: "processor time of one list",
      result: `${([...used.values()].reduce((sum, ms) => sum + ms, 0) / sent).toFixed(2)} ms`,
      against: [...used].map(([name, ms]) => `${name} ${(ms / sent).toFixed(2)}`).join(", "),
    },
  ];
}
