import type { Transaction } from "../db/index.ts";
import type { Task } from "./task.ts";

/** Columns of a task in the order that every statement reads them. */
export const taskColumns = "id, user_id, title, description, completed, version, created_at, updated_at";

export interface TaskRow {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    userId: row.user_id,
    title: row.title,
    description: row.description,
    completed: row.completed,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The task of a user under lock until the transaction ends; undefined when there is none, or when it is another's. */
export async function lockTask(
  transaction: Transaction,
  userId: string,
  id: string,
): Promise<Task | undefined> {
  const { rows } = await transaction.query<TaskRow>(
    `select ${taskColumns} from tasks where id = $1 and user_id = $2 for update`,
    [id, userId],
  );
  return rows[0] === undefined ? undefined : toTask(rows[0]);
}

/**
 * Waits for its turn among the changes of a user and tells the time of the change. Everything that a transaction
 * writes for a user comes after this: the lock makes ids of the outbox, versions and times of a user rise together,
 * because an identity is allocated when a row is inserted and not when it is committed.
 */
export async function takeTurn(transaction: Transaction, userId: string): Promise<Date> {
  // The clock is read once the lock is held: `now()` is the start of the transaction, before the wait. Milliseconds,
  // because that is what a cursor and an Avro timestamp can hold.
  const { rows } = await transaction.query<{ now: Date }>(
    `with turn as materialized (select pg_advisory_xact_lock(hashtextextended($1, 0)))
     select date_trunc('milliseconds', clock_timestamp()) as now from turn`,
    [userId],
  );
  const now = rows[0]?.now;
  if (now === undefined) throw new Error("the lock statement returned no row");
  return now;
}
