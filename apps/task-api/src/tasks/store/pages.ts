import { Batches, type Database } from "@task-platform/runtime/database";
import type pg from "pg";
import { fromReader } from "../../db/index.ts";
import { newest, type PagePosition } from "./page-token.ts";

/** The tasks of a user after a position, newest first. */
export interface PageQuery {
  readonly userId: string;
  readonly completed: boolean | undefined;
  readonly after: PagePosition;
  readonly size: number;
}

export interface FoundPage {
  /** The tasks as JSON, the same text as `toJson` gives, with commas between them; empty without tasks. */
  readonly tasks: string;
  /** The last task of the page, when more tasks follow. */
  readonly last: PagePosition | undefined;
}

interface PageRow {
  readonly at: number;
  readonly tasks: string | null;
  readonly last_id: string | null;
  readonly last_ms: number | null;
}

/** A page is read within milliseconds, and a statement of many keeps its connection for longer. */
const largestBatch = 32;
const mostRunning = 4;
/** Fewer lists wait for the statement that runs, and share the next one. */
const leastBeside = 4;

// One row more than a page holds is read: its presence means that there is another page. The database writes the JSON: to
// read rows of eight columns and to write them again was a third of the work of this process.
const statement = {
  name: "find-pages",
  text: `select lists.at::int, page.tasks, page.last_id, page.last_ms
    from unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[], $5::uuid[], $6::int[])
      with ordinality as lists (user_id, user_json, completed, created_at, id, size, at)
    cross join lateral (
      select
        string_agg(json, ',' order by number) filter (where number <= size) as tasks,
        case when count(*) > size then max(id::text) filter (where number = size) end as last_id,
        case when count(*) > size then
          max(extract(epoch from created_at)::float8 * 1000) filter (where number = size) end as last_ms
      from (
        select row_number() over () as number, lists.size, id, created_at, concat(
          '{"id":"', id, '","user_id":', lists.user_json, ',"title":', to_json(title),
          ',"description":', to_json(description), ',"completed":', completed::text, ',"version":', version,
          ',"created_at":"', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          '","updated_at":"', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '"}') as json
        from (
          select * from tasks
          where tasks.user_id = lists.user_id and (tasks.created_at, tasks.id) < (lists.created_at, lists.id)
            and (lists.completed is null or tasks.completed = lists.completed)
          order by tasks.created_at desc, tasks.id desc limit lists.size + 1
        ) as found
      ) as numbered
      group by size
    ) as page`,
};

/** Reads pages of tasks, those that are asked for at the same moment in one statement. */
export class Pages {
  readonly #batches: Batches<PageQuery, FoundPage>;

  constructor(database: Database) {
    this.#batches = new Batches({
      mostRunning,
      leastBeside,
      largest: largestBatch,
      write: (queries) => fromReader(database, (reader) => findPages(reader, queries)),
    });
  }

  find(query: PageQuery): Promise<FoundPage> {
    return this.#batches.add(query);
  }
}

const noTasks: FoundPage = { tasks: "", last: undefined };

async function findPages(pool: pg.Pool, queries: readonly PageQuery[]): Promise<readonly FoundPage[]> {
  const { rows } = await pool.query<PageRow>({
    ...statement,
    values: [
      queries.map(({ userId }) => userId),
      queries.map(({ userId }) => JSON.stringify(userId)),
      queries.map(({ completed }) => completed ?? null),
      queries.map(({ after }) => timeOf(after)),
      queries.map(({ after }) => after.id),
      queries.map(({ size }) => size),
    ],
  });
  const pages: FoundPage[] = queries.map(() => noTasks);
  for (const { at, tasks, last_id: id, last_ms: createdAtMs } of rows)
    pages[at - 1] = {
      tasks: tasks ?? "",
      last: id === null || createdAtMs === null ? undefined : { createdAtMs, id },
    };
  return pages;
}

/** PostgreSQL cannot parse the year of `newest`. */
function timeOf({ createdAtMs }: PagePosition): string {
  return createdAtMs === newest.createdAtMs ? "infinity" : new Date(createdAtMs).toISOString();
}
