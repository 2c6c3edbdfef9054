import { randomUUID } from "node:crypto";
import { database as names } from "@task-platform/contracts";
import { createMetricsRegistry } from "@task-platform/runtime/admin";
import { createLogger, currentCorrelation } from "@task-platform/runtime/logging";
import {
  createSagaMetrics,
  defineSaga,
  insertSaga,
  type SagaDefinition,
  type StepCall,
  StepRefused,
  startSagas,
} from "@task-platform/runtime/saga";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { eventually, query, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { createMigratedDatabase } from "../../schema/test/migrated-database.ts";

const logger = createLogger({ service: "test", level: "fatal" });
const backoff = { firstMs: 1, longestMs: 2 };
const tries = { run: { most: 2, backoff }, compensate: { most: 2, backoff } };

function orchestrate(database: TestDatabase, definitions: readonly SagaDefinition[], leaseMs = 5_000) {
  const { host, port, name } = database;
  // The role of the orchestrator, so that a missing grant makes the test fail.
  const pool = new pg.Pool({ host, port, database: name, user: names.roles.orchestrator, max: 4 });
  pool.on("error", () => undefined);
  const registry = createMetricsRegistry("test");
  const metrics = createSagaMetrics(registry);
  const sagas = startSagas({ pool, definitions, metrics, logger, leaseMs, pollMs: 10, tries });
  const stop = async (): Promise<void> => {
    await sagas.stop();
    if (!pool.ended) await pool.end();
  };
  onTestFinished(stop);
  return { stop, metrics: () => registry.metrics(), silentMs: () => sagas.silentMs };
}

async function begin(database: TestDatabase, saga: SagaDefinition): Promise<string> {
  const { host, port, name, user } = database;
  const client = new pg.Client({ host, port, database: name, user });
  await client.connect();
  const id = randomUUID();
  const steps = saga.steps.map((step) => step.name);
  await insertSaga(client, {
    id,
    saga: { name: saga.name, version: saga.version, steps },
    data: { amount: 5 },
    correlationId: `c-${id}`,
  });
  await client.end();
  return id;
}

async function stateOf(database: TestDatabase, id: string): Promise<string> {
  const { rows } = await query(
    database,
    `select s.state || ':' || string_agg(t.state, ',' order by t.position) as state
     from sagas s join saga_steps t on t.saga_id = s.id where s.id = $1 group by s.id`,
    [id],
  );
  return (rows as { state: string }[])[0]?.state ?? "none";
}

const reaches = (database: TestDatabase, id: string, state: string): Promise<void> =>
  eventually(async () => (await stateOf(database, id)) === state, state);

type Act = (call: StepCall<unknown>) => Promise<unknown>;

/** A saga of two steps whose calls are recorded. */
function twoSteps(acts: Partial<Record<"first" | "second" | "undo", Act>> = {}, version = 1) {
  const calls: string[] = [];
  const record = (name: string, act: Act | undefined): Act => {
    return async (call) => {
      calls.push(`${name}${call.key.slice(call.sagaId.length)}`);
      return await act?.(call);
    };
  };
  const saga = defineSaga({
    name: "test-saga",
    version,
    steps: [
      { name: "first", run: record("run", acts.first), compensate: record("undo", acts.undo) },
      { name: "second", run: record("run", acts.second), compensate: record("undo", acts.undo) },
    ],
  });
  return { saga, calls };
}

test("a saga runs its steps in order with its input, its correlation and stable keys", async () => {
  const database = await createMigratedDatabase();
  const seen: unknown[] = [];
  const { saga, calls } = twoSteps({
    first: async ({ data }) => {
      seen.push(data, currentCorrelation()?.correlationId);
      return { id: "r-1" };
    },
  });
  const id = await begin(database, saga);
  const { metrics } = orchestrate(database, [saga]);
  await reaches(database, id, "completed:done,done");
  expect(calls).toEqual(["run:first:run", "run:second:run"]);
  expect(seen).toEqual([{ amount: 5 }, `c-${id}`]);
  const { rows } = await query(database, "select result from saga_steps where position = 0");
  expect(rows).toEqual([{ result: { id: "r-1" } }]);
  expect(await metrics()).toMatch(/saga_ended_total\{saga="test-saga",state="completed".*\} 1/);
});

test("a refusal undoes the steps before it, and a missing answer undoes its own step too", async () => {
  const database = await createMigratedDatabase();
  const refused = twoSteps({ second: () => Promise.reject(new StepRefused("card declined")) });
  const first = await begin(database, refused.saga);
  const one = orchestrate(database, [refused.saga]);
  await reaches(database, first, "compensated:compensated,refused");
  expect(refused.calls).toEqual(["run:first:run", "run:second:run", "undo:first:compensate"]);
  await one.stop();

  const silent = twoSteps({ second: () => Promise.reject(new Error("no answer")) });
  const second = await begin(database, silent.saga);
  orchestrate(database, [silent.saga]);
  await reaches(database, second, "compensated:compensated,compensated");
  expect(silent.calls).toEqual([
    ...["run:first:run", "run:second:run", "run:second:run"],
    ...["undo:second:compensate", "undo:first:compensate"],
  ]);
});

test("a compensation that fails too often leaves a failed saga, which is kept and counted", async () => {
  const database = await createMigratedDatabase();
  const { saga, calls } = twoSteps({
    second: () => Promise.reject(new StepRefused("no")),
    undo: () => Promise.reject(new Error("down")),
  });
  const id = await begin(database, saga);
  const { metrics } = orchestrate(database, [saga]);
  await reaches(database, id, "failed:stuck,refused");
  expect(calls.filter((call) => call.startsWith("undo"))).toHaveLength(tries.compensate.most);
  expect(await metrics()).toMatch(/saga_ended_total\{saga="test-saga",state="failed".*\} 1/);
  await query(database, "update sagas set ended_at = now() - interval '500 days'");
  await query({ ...database, user: names.roles.orchestrator }, "select keep_sagas()");
  expect(await stateOf(database, id)).toBe("failed:stuck,refused");
});

test("an owner that was paused past its lease writes nothing, and its saga is run by another one", async () => {
  const database = await createMigratedDatabase();
  const paused = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const slow = twoSteps({
    first: () => {
      entered.resolve();
      return paused.promise.then(() => "late");
    },
  });
  const quick = twoSteps({ first: async () => "in time" });
  const id = await begin(database, slow.saga);
  const owner = orchestrate(database, [slow.saga], 60_000);
  await entered.promise;
  // As if it had not renewed its lease for a minute. It takes no saga any more, because it is busy stopping.
  const stopped = owner.stop();
  await query(database, "update sagas set lease_until = now() - interval '1 minute'");
  orchestrate(database, [quick.saga]);
  await reaches(database, id, "completed:done,done");
  paused.resolve();
  await stopped;
  const { rows } = await query(database, "select result from saga_steps where position = 0");
  expect(rows).toEqual([{ result: "in time" }]);
  expect(slow.calls).toEqual(["run:first:run"]);
  expect(await owner.metrics()).toMatch(/saga_leases_lost_total\{.*\} 1/);
});

test("two orchestrators share the sagas, and each step is called once", async () => {
  const database = await createMigratedDatabase();
  const { saga, calls } = twoSteps();
  const ids = await Promise.all(Array.from({ length: 40 }, () => begin(database, saga)));
  orchestrate(database, [saga]);
  orchestrate(database, [saga]);
  await eventually(async () => {
    const { rows } = await query(database, "select count(*)::int as n from sagas where state = 'completed'");
    return (rows as { n: number }[])[0]?.n === ids.length;
  }, "all of them");
  expect(calls).toHaveLength(2 * ids.length);
});

test("a row runs with the definition of its version, and one without a definition is left alone and counted", async () => {
  const database = await createMigratedDatabase();
  const [old, current, next] = [twoSteps({}, 1), twoSteps({}, 2), twoSteps({}, 3)];
  const [first, second, third] = [
    await begin(database, old.saga),
    await begin(database, current.saga),
    await begin(database, next.saga),
  ];
  const { metrics } = orchestrate(database, [old.saga, current.saga]);
  await reaches(database, first, "completed:done,done");
  await reaches(database, second, "completed:done,done");
  expect([old.calls.length, current.calls.length, next.calls.length]).toEqual([2, 2, 0]);
  expect(await stateOf(database, third)).toBe("pending:waiting,waiting");
  expect(await metrics()).toMatch(/saga_unknown_definitions\{.*\} 1/);
});

test("after the database has ended all its sessions, sagas go on by themselves", async () => {
  const database = await createMigratedDatabase();
  const entered = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const { saga, calls } = twoSteps({
    first: async () => {
      entered.resolve();
      await held.promise;
    },
  });
  const id = await begin(database, saga);
  orchestrate(database, [saga], 500);
  await entered.promise;
  await query(
    database,
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  held.resolve();
  await reaches(database, id, "completed:done,done");
  expect(calls.filter((call) => call === "run:second:run")).toHaveLength(1);
});

test("what has ended is forgotten after its time, and nothing else", async () => {
  const database = await createMigratedDatabase();
  const { saga } = twoSteps();
  const [old, recent, open] = [
    await begin(database, saga),
    await begin(database, saga),
    await begin(database, saga),
  ];
  const end =
    "update sagas set state = 'completed', ended_at = now() - make_interval(days => $2) where id = $1";
  await query(database, end, [old, names.sagas.keptDays + 1]);
  await query(database, end, [recent, names.sagas.keptDays - 1]);
  const { rows } = await query(
    { ...database, user: names.roles.orchestrator },
    "select forgotten from keep_sagas()",
  );
  expect(rows).toEqual([{ forgotten: 1 }]);
  const left = await query(database, "select id from sagas");
  expect(left.rows.map(({ id }: { id: string }) => id).toSorted()).toEqual([recent, open].toSorted());
});
