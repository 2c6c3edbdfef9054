import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { startEnvironment, waitUntil } from "../../local/index.ts";
import { type Books, changeTasks } from "./clients.ts";
import { type Environment, faultsOf } from "./faults.ts";

const users = 1_000;
const clients = 12;
const port = 8099;
const betweenMs = 6_000;
const brokerHangsMs = 60_000;
const settleWithinMs = 180_000;
const tokenSeconds = 3_600;

/** What the books say against what the database holds. */
interface Balance {
  readonly acknowledged: number;
  readonly failed: number;
  readonly refused: number;
  readonly effects: number;
  /** Acknowledged changes without an effect. */
  readonly lost: number;
  /** Changes with more than one effect. */
  readonly doubled: number;
  /** Effects that stand before an earlier change of their user. */
  readonly misplaced: number;
}

/** Runs the dev environment, changes tasks while every fault strikes it, waits until all is quiet, and balances the books. */
export async function keepLedger(log: (line: string) => void): Promise<Balance> {
  const end = new AbortController();
  const stops: { readonly name: string; readonly stop: () => Promise<void> }[] = [];
  try {
    const environment = await startEnvironment({
      options: { port, keepData: false },
      log,
      end: end.signal,
      stops,
      onFailure: (reason) => {
        // At the end they are stopped.
        if (!end.signal.aborted) log(`a back end is gone: ${reason}`);
      },
    });
    if (environment === undefined) throw new Error("the environment did not start");
    const books = await strikeAll(environment, log);
    return await balance(environment, books, log);
  } finally {
    end.abort();
    for (const { stop } of stops.toReversed()) await stop();
  }
}

async function strikeAll(environment: Environment, log: (line: string) => void): Promise<Books> {
  const { issuer, apiUrl, audience, pods } = environment;
  const tokens = await Promise.all(
    Array.from({ length: users }, (_, at) => issuer.token(`user-${at}`, audience, tokenSeconds)),
  );
  const enough = new AbortController();
  const changing = changeTasks(apiUrl, tokens, clients, enough.signal);
  await pause(betweenMs);
  for (const { name, strike } of faultsOf(environment, brokerHangsMs)) {
    // One fault at a time: what the last one ended is back.
    if (!(await waitUntil(() => pods.every((pod) => pod.ready()), { withinMs: settleWithinMs })))
      throw new Error(`before "${name}" not every service was ready again`);
    log(`fault: ${name}`);
    await strike();
    await pause(betweenMs);
  }
  enough.abort();
  return await changing;
}

async function balance(
  { addresses }: Environment,
  { acknowledged, failed, refused }: Books,
  log: (line: string) => void,
): Promise<Balance> {
  const client = new pg.Client({ ...addresses.postgres, database: "tasks" });
  await client.connect();
  const count = async (text: string, values: readonly unknown[] = []): Promise<number> =>
    Number((await client.query<{ count: string }>(text, [...values])).rows[0]?.count);
  const lost = (): Promise<number> =>
    count(
      `select count(*) from unnest($1::uuid[], $2::text[]) as known (task, event)
       where not exists (select from task_activity where task_id = task and event_type = event)`,
      [acknowledged.map(({ task }) => task), acknowledged.map(({ event }) => event)],
    );
  log("waiting until nothing is on its way");
  await waitUntil(async () => (await count("select count(*) from outbox")) === 0 && (await lost()) === 0, {
    withinMs: settleWithinMs,
    everyMs: 500,
  });
  const result = {
    acknowledged: acknowledged.length,
    failed,
    refused,
    effects: await count("select count(*) from task_activity"),
    lost: await lost(),
    doubled: await count(
      "select count(*) from (select from task_activity group by task_id, event_type having count(*) > 1) as twice",
    ),
    misplaced: await count(
      `select count(*) from (select occurred_at < lag(occurred_at) over (partition by user_id order by seq) as early
       from task_activity) as ordered where early`,
    ),
  };
  await client.end();
  return result;
}
