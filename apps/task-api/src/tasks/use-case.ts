import type { Database } from "@task-platform/runtime/database";
import { type Transaction, withTransaction } from "../db/index.ts";
import type { ChangeSignals, Pages, PageTokenKeys } from "./store/index.ts";
import type { TaskEvents } from "./task-events.ts";
import type { CreateQueue, Turns } from "./writing/index.ts";

/** The dependencies of the use cases. The context of the service provides them. */
export interface TaskContext {
  readonly database: Database;
  readonly taskEvents: TaskEvents;
  readonly pages: Pages;
  readonly pageTokenKeys: PageTokenKeys;
  readonly creates: CreateQueue;
  readonly turns: Turns;
  readonly signals: ChangeSignals;
}

/** The user whose tasks a use case reads or changes. */
export interface TaskUser {
  readonly userId: string;
  /**
   * Aborted when nobody waits for the result any more: an update or a deletion is then rolled back, and a create that
   * waits is not made.
   */
  readonly signal?: AbortSignal;
}

/** Runs `work` in one transaction on the primary, when it is the turn of the user. */
export function changeTasks<T>(
  { database, turns }: TaskContext,
  { userId, signal }: TaskUser,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return turns.take(userId, signal, () =>
    withTransaction(database.primary, async (transaction) => {
      const result = await work(transaction);
      // The caller already has an error and may send the request again, so this change must not be committed.
      signal?.throwIfAborted();
      return result;
    }),
  );
}
