import pg from "pg";
import { onTestFinished } from "vitest";
import { eventually, query, type TestDatabase } from "../../../tests/support/back-ends.ts";

/** A transaction that a test keeps open. It ends with the test at the latest. */
export async function openTransaction(database: TestDatabase): Promise<pg.Client> {
  const { host, port, user } = database;
  const client = new pg.Client({ host, port, user, database: database.name });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("begin");
  return client;
}

/** Holds the lock of a user, so that the user's next change waits in the middle of its transaction. */
export async function lockUser(database: TestDatabase, userId: string): Promise<pg.Client> {
  const client = await openTransaction(database);
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [userId]);
  return client;
}

/** Waits until one connection of the service waits for a lock, and returns its process id. */
export async function waitingProcess(database: TestDatabase): Promise<number> {
  let pids: number[] = [];
  await eventually(async () => {
    const { rows } = await query(
      database,
      `select pid from pg_stat_activity
       where usename = 'task_api' and datname = current_database() and wait_event_type = 'Lock'`,
    );
    pids = rows.map(({ pid }: { pid: number }) => pid);
    return pids.length === 1;
  }, "one request to wait for a lock");
  return pids[0] ?? 0;
}

/** Waits until a change of the service waits for the turn of its user. Such a change holds no connection. */
export async function waitingForTurn(api: { readonly adminUrl: string }): Promise<void> {
  // The gauge is zero while a try runs, so it is asked until one look finds the wait between two tries.
  await eventually(async () => {
    const metrics = await (await fetch(`${api.adminUrl}/metrics`)).text();
    return /^task_changes_waiting\{.*\} [1-9]/m.test(metrics);
  }, "one change to wait for its turn");
}
