import { outbox } from "@task-platform/schema/names";
import type pg from "pg";

/** A row of the outbox. */
export interface OutboxRow {
  /** bigint; the driver returns it as text. */
  readonly id: string;
  readonly key: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly schema_version: number;
  /** Avro without the header of the schema registry. */
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface ShardRow extends OutboxRow {
  readonly shard: number;
}

const { lockClass, channel } = outbox;
/** A lock number above every shard. Each relay holds it in shared mode, so that relays can count each other. */
const presence = 1_000_000;

/**
 * Prepares the session. When a relay vanishes (power, network), the server keeps its locks until keepalive fails:
 * 10 s + 3 x 5 s with these settings, two hours by default.
 */
export async function openSession(client: pg.Client): Promise<void> {
  await client.query(
    "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; " +
      "set application_name = 'outbox-relay'",
  );
  await client.query("select pg_advisory_lock_shared($1::int, $2::int)", [lockClass, presence]);
  await client.query(`listen ${channel}`);
}

/** Number of relays that are connected, this one included. */
export async function countRelays(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ relays: number }>(
    `select count(*)::int as relays from pg_locks
     where locktype = 'advisory' and granted and classid = $1::int::oid and objid = $2::int::oid and objsubid = 2
       and database = (select oid from pg_database where datname = current_database())`,
    [lockClass, presence],
  );
  return rows[0]?.relays ?? 1;
}

export async function tryLockShard(client: pg.Client, shard: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "select pg_try_advisory_lock($1::int, $2::int) as locked",
    [lockClass, shard],
  );
  return rows[0]?.locked === true;
}

export async function unlockShard(client: pg.Client, shard: number): Promise<void> {
  await client.query("select pg_advisory_unlock($1::int, $2::int)", [lockClass, shard]);
}

/** The given shards that have rows. One statement for all shards, because it runs five times per second. */
export async function shardsWithRows(client: pg.Client, shards: readonly number[]): Promise<number[]> {
  const { rows } = await client.query<{ shard: number }>({
    name: "shards-with-rows",
    text: `select shard from unnest($1::smallint[]) as held (shard)
     where exists (select from outbox where outbox.shard = held.shard)`,
    values: [shards],
  });
  return rows.map((row) => row.shard);
}

/** The first rows of each shard, oldest first, at most `limit` of each. */
export async function firstRows(
  client: pg.Client,
  shards: readonly number[],
  limit: number,
): Promise<ShardRow[]> {
  const { rows } = await client.query<ShardRow>({
    name: "first-rows",
    text: `select held.shard, first.* from unnest($1::smallint[]) as held (shard)
     cross join lateral (
       select id, key, event_id, event_type, schema_version, payload, headers
       from outbox where outbox.shard = held.shard order by id limit $2
     ) as first
     order by held.shard, first.id`,
    values: [shards, limit],
  });
  return rows;
}

export async function deleteRows(client: pg.Client, ids: readonly string[]): Promise<void> {
  await client.query({
    name: "delete-rows",
    text: "delete from outbox where id = any($1::bigint[])",
    values: [ids],
  });
}

/** The gauge stops here: counting more rows would take too long. */
const mostCounted = 1_000_000;

/** Number of rows in the given shards, and the age of the oldest. */
export async function measureBacklog(
  client: pg.Client,
  shards: readonly number[],
): Promise<{ readonly pending: number; readonly oldestSeconds: number }> {
  const { rows } = await client.query<{ pending: number; oldest: number }>(
    `select (select count(*)::int from (select from outbox where shard = any($1::smallint[]) limit $2) as counted)
              as pending,
            coalesce((select extract(epoch from clock_timestamp() - min(first.created_at))
              from unnest($1::smallint[]) as held (shard)
              cross join lateral (
                select created_at from outbox where outbox.shard = held.shard order by id limit 1
              ) as first), 0)::float8 as oldest`,
    [shards, mostCounted],
  );
  return { pending: rows[0]?.pending ?? 0, oldestSeconds: Math.max(0, rows[0]?.oldest ?? 0) };
}
