import type { Transaction } from "../../db/index.ts";
import type { Task } from "../task.ts";
import { type TaskRow, taskColumns, toTask } from "./rows.ts";

/** Another session changes the tasks of this user. The transaction is rolled back, and the change tried again. */
export class TurnTaken extends Error {
  override readonly name = "TurnTaken";
}

/**
 * Makes the changes of one user run one after another, and returns the time of this change. Call it before anything
 * else is written for the user. It waits for no other session, because waiting would hold a connection.
 *
 * PostgreSQL allocates an identity at insert and not at commit, so without this lock a later id in the outbox could become
 * visible before an earlier one. Versions and times of a user rise for the same reason.
 *
 * @throws TurnTaken while another session changes the tasks of the user
 */
export async function lockUser(transaction: Transaction, userId: string): Promise<Date> {
  // Read the clock while holding the lock: `now()` is the start of the transaction. Use milliseconds, because page tokens
  // and Avro timestamps hold no more.
  const { rows } = await transaction.query<{ held: boolean; now: Date }>({
    name: "lock-user",
    text: `with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held)
     select held, date_trunc('milliseconds', clock_timestamp()) as now from turn`,
    values: [userId],
  });
  if (rows[0]?.held !== true) throw new TurnTaken();
  return rows[0].now;
}

/** Locks the user's task until the transaction ends. Undefined when the user has no task with this id. */
export async function lockTask(
  transaction: Transaction,
  userId: string,
  id: string,
): Promise<Task | undefined> {
  const { rows } = await transaction.query<TaskRow>({
    name: "lock-task",
    text: `select ${taskColumns} from tasks where id = $1 and user_id = $2 for update`,
    values: [id, userId],
  });
  return rows[0] && toTask(rows[0]);
}
