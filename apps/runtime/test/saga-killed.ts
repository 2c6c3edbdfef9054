import { database as names } from "@task-platform/contracts";
import { createMetricsRegistry } from "@task-platform/runtime/admin";
import { createLogger } from "@task-platform/runtime/logging";
import {
  createSagaMetrics,
  defineSaga,
  type StepCall,
  StepRefused,
  startSagas,
} from "@task-platform/runtime/saga";
import pg from "pg";

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly owner: string;
}

/** Calls `boundary` before and after every call and every write of a saga of three steps, whose effects are rows of a table. */
export function orchestrateThreeSteps(
  { host, port, name, owner }: Place,
  refusing: boolean,
  boundary: () => void,
) {
  const provider = new pg.Pool({ host, port, database: name, user: owner, max: 2 });
  const pool = new pg.Pool({ host, port, database: name, user: names.roles.orchestrator, max: 4 });
  const send = pool.query.bind(pool) as (statement: pg.QueryConfig) => Promise<pg.QueryResult>;
  const watched = async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    if (statement.name === "change-saga") boundary();
    const result = await send(statement);
    if (statement.name === "change-saga" || (statement.name === "claim-sagas" && result.rowCount === 1))
      boundary();
    return result;
  };
  Object.assign(pool, { query: watched });
  const call =
    (step: string, undo: boolean) =>
    async ({ sagaId }: StepCall<unknown>): Promise<void> => {
      boundary();
      if (refusing && !undo && step === "third") throw new StepRefused("no");
      // What is undone stays undone, as a provider must hold it.
      await provider.query(
        `insert into effects (saga_id, step, undone) values ($1, $2, $3)
         on conflict (saga_id, step) do update set undone = effects.undone or excluded.undone`,
        [sagaId, step, undo],
      );
      boundary();
    };
  const saga = defineSaga({
    name: "killed-saga",
    version: 1,
    steps: ["first", "second", "third"].map((step) => ({
      name: step,
      run: call(step, false),
      compensate: call(step, true),
    })),
  });
  const backoff = { firstMs: 1, longestMs: 1 };
  const sagas = startSagas({
    pool,
    definitions: [saga],
    metrics: createSagaMetrics(createMetricsRegistry("test")),
    logger: createLogger({ service: "test", level: "fatal" }),
    leaseMs: 300,
    pollMs: 10,
    tries: { run: { most: 4, backoff }, compensate: { most: 4, backoff } },
  });
  const stop = async (): Promise<void> => {
    await sagas.stop();
    await Promise.all([pool.end(), provider.end()]);
  };
  return { saga, stop };
}

/** As a process of its own: kills itself at the boundary of its argument, and says when it is past all of them. */
const [place, refusing, killAt] = process.argv.slice(2);
if (import.meta.main && place !== undefined) {
  let seen = 0;
  orchestrateThreeSteps(JSON.parse(place) as Place, refusing === "true", () => {
    seen += 1;
    if (seen === Number(killAt)) process.kill(process.pid, "SIGKILL");
  });
}
