import { type EventType, restApi, taskEventSchemaVersion } from "@task-platform/contracts";
import type pg from "pg";
import { runStatement } from "../../db/index.ts";
import type { NewTaskEvent } from "../task-event.ts";

/** One request to create a task, encoded except for its time, which is known only under the lock of the user. */
export interface CreateRow extends NewTaskEvent {
  readonly userId: string;
  /** Undefined for a request without an idempotency key. */
  readonly key: string | undefined;
  readonly keyLock: string;
  readonly hash: Buffer;
  readonly taskId: string;
  readonly title: string;
  readonly description: string;
  readonly answerHeaders: string;
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly at: Date }
  /** The key was used before. */
  | { readonly kind: "known"; readonly hash: Buffer; readonly body: string }
  /** Another session holds the key. */
  | { readonly kind: "in-progress" }
  /** Another session changes the tasks of this user. */
  | { readonly kind: "turn-taken" };

/** Stored with each key. gRPC wrote the second one before both doors had one key space; its rows end after 24 hours. */
const keyRoutes = ["POST /v1/tasks", "tasks.v1.TaskService/CreateTask"];

const statement = {
  // Prepared once in each connection.
  name: "create-tasks",
  text: `select at, outcome, hash, body, created from create_tasks(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::uuid[], $7::text[], $8::text[], $9::text[],
    $10::jsonb[], $11, $12::smallint[], $13::uuid[], $14, $15::smallint, $16::bytea[], $17::bytea[], $18::bytea[],
    $19::jsonb[])`,
};

/** Creates the tasks of all rows in one statement, or none of them. The outcomes are in the order of the rows. */
export async function createRows(
  pool: pg.Pool,
  rows: readonly CreateRow[],
): Promise<readonly CreateOutcome[]> {
  const column = <K extends keyof CreateRow>(name: K): CreateRow[K][] => rows.map((row) => row[name]);
  const { rows: answers } = await runStatement<{
    at: number;
    outcome: CreateOutcome["kind"];
    hash: Buffer | null;
    body: string | null;
    created: Date | null;
  }>(pool, {
    ...statement,
    values: [
      column("userId"),
      rows.map(({ key }) => key ?? null),
      column("keyLock"),
      keyRoutes,
      column("hash"),
      column("taskId"),
      column("title"),
      column("description"),
      column("taskHead"),
      column("answerHeaders"),
      restApi.keyLifetimeHours,
      column("shard"),
      column("eventId"),
      "CREATED" satisfies EventType,
      taskEventSchemaVersion,
      column("eventHead"),
      column("eventMiddle"),
      column("eventTail"),
      column("eventHeaders"),
    ],
  });
  const outcomes = new Map(
    answers.map(({ at, outcome, hash, body, created }): [number, CreateOutcome] => {
      if (outcome === "created" && created !== null) return [at, { kind: outcome, at: created }];
      if (outcome === "known" && hash !== null && body !== null) return [at, { kind: outcome, hash, body }];
      if (outcome === "in-progress" || outcome === "turn-taken") return [at, { kind: outcome }];
      throw new Error(`create_tasks answered an incomplete row: ${outcome}`);
    }),
  );
  return rows.map((_, index) => {
    const outcome = outcomes.get(index + 1);
    if (outcome === undefined) throw new Error("create_tasks answered too few rows");
    return outcome;
  });
}
