-- Up Migration
set local lock_timeout = '10s';

-- A number as Avro writes a long: zig-zag, then seven bits a byte, the lowest first. For numbers that are not negative.
create function avro_long(value bigint) returns bytea
language plpgsql immutable strict parallel safe as $$
declare
  rest bigint := value << 1;
  bytes bytea := '';
begin
  while rest >= 128 loop
    bytes := bytes || set_byte('\x00'::bytea, 0, ((rest & 127) | 128)::integer);
    rest := rest >> 7;
  end loop;
  return bytes || set_byte('\x00'::bytea, 0, rest::integer);
end
$$;

-- Creates many tasks in one statement: one round trip and one commit for all of them. Each row of the arrays is one request.
--
-- It must be volatile (the default): each statement inside sees what was committed before that statement, so a key that
-- another session committed while this one took the lock is seen. In one statement with CTEs it would not be.
--
-- No lock is waited for. Waiting would hold a connection for one user while others need it, and two calls that take the
-- locks of several users in another order would end in a deadlock.
--
-- The outcome of a row: 'created'; 'known', the key was used before, with the hash and the body of then; 'in-progress',
-- another session holds the key; 'turn-taken', another session changes the tasks of this user, so try again.
create function create_tasks(
  user_ids text[],
  keys text[], -- null for a request without a key
  key_locks text[],
  key_routes text[], -- the first is written; a key under any of them is known
  hashes bytea[],
  task_ids uuid[],
  titles text[],
  descriptions text[],
  task_heads text[], -- JSON of the task up to its times
  answer_headers jsonb[],
  lifetime_hours integer,
  shards smallint[],
  event_ids uuid[],
  event_type text,
  schema_version smallint,
  event_heads bytea[], -- Avro up to the time, between the time and the JSON, and after the JSON
  event_middles bytea[],
  event_tails bytea[],
  event_headers jsonb[]
) returns table (at integer, outcome text, hash bytea, body text, created timestamptz)
language plpgsql
set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
  outcomes text[] := array_fill('created'::text, array[cardinality(user_ids)]);
  earlier record;
  clock timestamptz;
  times text;
begin
  for row in 1 .. cardinality(user_ids) loop
    -- Seed 1 separates these locks from the locks of users, which have seed 0.
    if keys[row] is not null and not pg_try_advisory_xact_lock(hashtextextended(key_locks[row], 1)) then
      outcomes[row] := 'in-progress';
    end if;
  end loop;

  if array_position(array(select k is not null from unnest(keys) k), true) is not null then
    for earlier in
      select i.user_id, i.route, i.key, i.request_hash, i.body, i.expires_at <= now() as expired, k.at
      from unnest(user_ids, keys) with ordinality as k (user_id, key, at)
      join idempotency_keys i on i.user_id = k.user_id and i.key = k.key and i.route = any (key_routes)
      where outcomes[k.at] = 'created'
    loop
      if earlier.expired then
        delete from idempotency_keys i
        where i.user_id = earlier.user_id and i.route = earlier.route and i.key = earlier.key;
      else
        outcomes[earlier.at] := 'known';
        at := earlier.at;
        outcome := 'known';
        hash := earlier.request_hash;
        body := earlier.body;
        created := null;
        return next;
      end if;
    end loop;
  end if;

  for row in 1 .. cardinality(user_ids) loop
    if outcomes[row] = 'created' and not pg_try_advisory_xact_lock(hashtextextended(user_ids[row], 0)) then
      outcomes[row] := 'turn-taken';
    end if;
  end loop;

  -- Read while the locks are held: now() is the start of the transaction. Milliseconds, because page tokens and Avro hold no more.
  clock := date_trunc('milliseconds', clock_timestamp());
  times := to_char(clock at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  times := format('"created_at":"%s","updated_at":"%s"}', times, times);

  with item as (
    select r.*
    from unnest(
      user_ids, keys, hashes, task_ids, titles, descriptions, task_heads, answer_headers,
      shards, event_ids, event_heads, event_middles, event_tails, event_headers
    ) with ordinality as r (
      user_id, key, request_hash, task_id, title, description, task_head, answer_headers,
      shard, event_id, event_head, event_middle, event_tail, event_headers, at
    )
    where outcomes[r.at] = 'created'
  ), task as (
    insert into tasks (id, user_id, title, description, created_at, updated_at)
    select task_id, user_id, title, description, clock, clock from item
  ), event as (
    insert into outbox (shard, key, event_id, event_type, schema_version, payload, headers)
    select
      shard, user_id, event_id, event_type, schema_version,
      event_head || avro_long((extract(epoch from clock) * 1000)::bigint) || event_middle
        || convert_to(task_head || times, 'UTF8') || event_tail,
      event_headers
    from item
    -- The ids rise in the order of the requests.
    order by at
  )
  insert into idempotency_keys (user_id, route, key, request_hash, status, headers, body, expires_at)
  select
    user_id, key_routes[1], key, request_hash, 201, answer_headers, task_head || times,
    clock + make_interval(hours => lifetime_hours)
  from item
  where key is not null;

  return query
  select r.at::integer, r.outcome, null::bytea, null::text, clock
  from unnest(outcomes) with ordinality as r (outcome, at)
  where r.outcome <> 'known';
end
$$;

revoke all on function avro_long, create_tasks from public;
grant execute on function avro_long, create_tasks to task_api;

-- Down Migration
drop function create_tasks, avro_long;
