import type pg from "pg";
import { fromReader } from "../db/index.ts";
import { type ListQuery, usualPage } from "./input.ts";
import { countTasks, findTasks, newest, readPageToken, writePageToken } from "./store/index.ts";
import type { Task } from "./task.ts";
import type { TaskContext, TaskUser } from "./use-case.ts";

export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Undefined on the last page. */
  readonly nextPageToken: string | undefined;
}

type ListContext = Pick<TaskContext, "database" | "pageTokenKeys">;

/**
 * One page of the user's tasks, newest first. A page starts at a position and not at a count, so a task that is created
 * or deleted between two pages makes no other task appear twice or be skipped.
 *
 * @throws Problem `invalid-page-token` for a token of another user or filter.
 */
export function listTasks(context: ListContext, { userId }: TaskUser, query: ListQuery): Promise<TaskPage> {
  return fromReader(context.database, (reader) => readPage(context, reader, userId, query));
}

/** The page of `listTasks`, and how many tasks the filter selects on all pages together. */
export function listAndCountTasks(
  context: ListContext,
  { userId }: TaskUser,
  query: ListQuery,
): Promise<TaskPage & { readonly total: number }> {
  return fromReader(context.database, async (reader) => ({
    ...(await readPage(context, reader, userId, query)),
    total: await countTasks(reader, userId, query.completed),
  }));
}

async function readPage(
  { pageTokenKeys }: ListContext,
  reader: pg.Pool,
  userId: string,
  { completed, limit = usualPage, page_token: token }: ListQuery,
): Promise<TaskPage> {
  const list = { userId, completed };
  const after =
    token === undefined
      ? newest
      : await readPageToken(token, list, (keyId) => pageTokenKeys.find(keyId, reader));
  // One row more than the page holds: its presence means that there is another page.
  const found = await findTasks(reader, userId, { completed, after, count: limit + 1 });
  const tasks = found.slice(0, limit);
  const last = found.length > limit ? tasks.at(-1) : undefined;
  if (last === undefined) return { tasks, nextPageToken: undefined };
  const next = { createdAtMs: last.createdAt.getTime(), id: last.id };
  return { tasks, nextPageToken: writePageToken(next, list, await pageTokenKeys.newest(reader)) };
}
