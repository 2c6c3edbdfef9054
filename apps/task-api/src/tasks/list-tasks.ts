import { fromReader } from "../db/index.ts";
import { type ListQuery, usualPage } from "./input.ts";
import { countTasks, newest, readPageToken, writePageToken } from "./store/index.ts";
import type { TaskContext, TaskUser } from "./use-case.ts";

export interface TaskPage {
  /** The tasks as a JSON array, each as `toJson` gives it. */
  readonly tasks: string;
  /** Undefined on the last page. */
  readonly nextPageToken: string | undefined;
}

type ListContext = Pick<TaskContext, "database" | "pageTokenKeys" | "pages">;

/**
 * One page of the user's tasks, newest first. A page starts at a position and not at a count, so a task that is created
 * or deleted between two pages makes no other task appear twice or be skipped.
 *
 * @throws Problem `invalid-page-token` for a token of another user or filter.
 */
export async function listTasks(
  { pageTokenKeys, pages }: ListContext,
  { userId }: TaskUser,
  { completed, limit = usualPage, page_token: token }: ListQuery,
): Promise<TaskPage> {
  const list = { userId, completed };
  const after =
    token === undefined ? newest : await readPageToken(token, list, (keyId) => pageTokenKeys.find(keyId));
  const { tasks, last } = await pages.find({ ...list, after, size: limit });
  return {
    tasks: `[${tasks}]`,
    nextPageToken: last && writePageToken(last, list, await pageTokenKeys.newest()),
  };
}

/** The page of `listTasks`, and how many tasks the filter selects on all pages together. */
export async function listAndCountTasks(
  context: ListContext,
  user: TaskUser,
  query: ListQuery,
): Promise<TaskPage & { readonly total: number }> {
  return {
    ...(await listTasks(context, user, query)),
    total: await fromReader(context.database, (reader) => countTasks(reader, user.userId, query.completed)),
  };
}
