import type { Transaction } from "../db/index.ts";
import { type PagePosition, readPageToken, writePageToken } from "./page-token.ts";
import { type TaskRow, taskColumns, toTask } from "./rows.ts";
import type { Task } from "./task.ts";

export interface TaskFilter {
  readonly completed: boolean | undefined;
}

export interface TaskQuery extends TaskFilter {
  readonly limit: number;
  readonly pageToken: string | undefined;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Where the next page begins; undefined on the last one. */
  readonly nextPageToken: string | undefined;
}

/** Before every row that can exist. */
const beginning: PagePosition = {
  createdAtMs: 8_640_000_000_000_000,
  id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
};

/**
 * A page of the tasks of a user, newest first. Pages are cut by position and not by count: what is created or
 * deleted between two pages makes no task appear twice or be skipped.
 *
 * @throws Problem `invalid-page-token` for a token of another user or filter.
 */
export async function listTasks(reader: Transaction, userId: string, query: TaskQuery): Promise<TaskPage> {
  const from = query.pageToken === undefined ? beginning : readPageToken(query.pageToken, userId, query);
  const { rows } = await reader.query<TaskRow>(
    `select ${taskColumns} from tasks
     where user_id = $1 and (created_at, id) < ($2, $3) and ($4::boolean is null or completed = $4)
     order by created_at desc, id desc limit $5`,
    // One more than asked for tells whether there is another page.
    [userId, timestamp(from.createdAtMs), from.id, query.completed ?? null, query.limit + 1],
  );
  const tasks = rows.slice(0, query.limit).map(toTask);
  const last = rows.length > query.limit ? tasks.at(-1) : undefined;
  return {
    tasks,
    nextPageToken:
      last === undefined
        ? undefined
        : writePageToken({ createdAtMs: last.createdAt.getTime(), id: last.id }, userId, query),
  };
}

/** How many tasks of a user a filter leaves, on all pages together, at about the time of the page. */
export async function countTasks(
  reader: Transaction,
  userId: string,
  { completed }: TaskFilter,
): Promise<number> {
  const { rows } = await reader.query<{ count: number }>(
    `select count(*)::integer as count from tasks
     where user_id = $1 and ($2::boolean is null or completed = $2)`,
    [userId, completed ?? null],
  );
  return rows[0]?.count ?? 0;
}

/** `infinity` instead of a year that PostgreSQL does not parse. */
function timestamp(createdAtMs: number): string {
  return createdAtMs === beginning.createdAtMs ? "infinity" : new Date(createdAtMs).toISOString();
}
