-- Up Migration
set local lock_timeout = '10s';

do $$
begin
  if not exists (select from pg_roles where rolname = 'task_analytics') then
    begin
      create role task_analytics login nosuperuser nocreatedb nocreaterole;
    exception when duplicate_object or unique_violation then
      null; -- another database of this server is migrated at the same moment
    end;
  end if;
  if exists (select from pg_roles where rolname = 'rds_iam') then
    grant rds_iam to task_analytics;
  end if;
end
$$;

grant usage on schema public to task_analytics;

-- Every event that the statistics count, by the day of the event: a second delivery, however late, meets the first one.
-- The statistics of an open day are read from here, so that a late event needs no correction.
create table statistics_events (
  event_id uuid not null,
  occurred_at timestamptz not null,
  -- From the creation of the task to its completion; null when it was created, and when the event does not tell.
  seconds double precision,
  user_id text not null,
  completed boolean not null,
  primary key (event_id, occurred_at)
) partition by range (occurred_at);

create index statistics_events_by_user on statistics_events (user_id, occurred_at);

-- The statistics of closed days.
create table statistics_days (
  day date not null,
  created integer not null,
  completed integer not null,
  user_id text not null,
  median_seconds double precision,
  p95_seconds double precision,
  primary key (day, user_id)
);

-- Makes the partitions from the oldest open day to three days ahead. Closes the oldest day before them: writes one row for each
-- user, in the order of the users, and drops the partition after the last one. Deletes days of which nothing is kept.
--
-- One call works for about two seconds, because a statement is cut after five. Whoever calls it repeats it until it has nothing
-- left to do. A user is written in one piece, and a request rate of 100 a minute bounds the events of a user in a day.
--
-- 23 days: the analytics refuse an event that is older than 22 days, so no event comes for a day that is being closed.
create function keep_statistics(out made integer, out closed integer, out dropped integer, out forgotten integer)
language plpgsql security definer
set search_path = public, pg_temp
-- To attach and to drop a partition locks the table. Whoever waits for such a lock makes all others wait.
set lock_timeout = '1s'
as $$
declare
  open_days constant integer := 23;
  days_ahead constant integer := 3;
  kept_days constant integer := 400;
  most_forgotten constant integer := 10000;
  today constant date := (now() at time zone 'UTC')::date;
  finish constant timestamptz := clock_timestamp() + interval '2 seconds';
  day date;
  closing date;
  partition text;
  next_user text;
begin
  made := 0;
  closed := 0;
  dropped := 0;
  forgotten := 0;
  -- Seeds 0 and 1 belong to users and to idempotency keys. Another replica does it at this moment.
  if not pg_try_advisory_xact_lock(hashtextextended('keep_statistics', 2)) then
    return;
  end if;
  for offset_days in -open_days .. days_ahead loop
    day := today + offset_days;
    partition := 'statistics_events_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass('public.' || partition) is not null;
    -- Not "create table … partition of": that would wait for every reader of the table.
    execute format('create table %I (like statistics_events including defaults)', partition);
    execute format(
      'alter table statistics_events attach partition %I for values from (%L) to (%L)',
      partition, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC'
    );
    made := made + 1;
  end loop;

  select c.relname into partition from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'statistics_events'::regclass
    and c.relname < 'statistics_events_' || to_char(today - open_days, 'YYYYMMDD')
  order by c.relname limit 1;
  if partition is not null then
    closing := to_date(right(partition, 8), 'YYYYMMDD');
    select max(d.user_id) into next_user from statistics_days d where d.day = closing;
    loop
      execute format('select min(user_id) from %I where $1 is null or user_id > $1', partition)
        into next_user using next_user;
      exit when next_user is null or clock_timestamp() > finish;
      execute format(
        'insert into statistics_days (day, user_id, created, completed, median_seconds, p95_seconds)
         select $1, $2, count(*) filter (where not completed), count(*) filter (where completed),
           percentile_cont(0.5) within group (order by seconds), percentile_cont(0.95) within group (order by seconds)
         from %I where user_id = $2',
        partition
      ) using closing, next_user;
      closed := closed + 1;
    end loop;
    if next_user is null then
      execute format('drop table %I', partition);
      dropped := 1;
    end if;
  end if;

  delete from statistics_days d where (d.day, d.user_id) in (
    select o.day, o.user_id from statistics_days o where o.day < today - kept_days order by o.day, o.user_id limit most_forgotten
  );
  get diagnostics forgotten = row_count;
end
$$;

select keep_statistics();

grant select on statistics_events, statistics_days to task_api;
grant select, insert on statistics_events to task_analytics;
revoke execute on function keep_statistics() from public;
grant execute on function keep_statistics() to task_analytics;

-- Down Migration
drop function keep_statistics();
drop table statistics_days, statistics_events;
revoke usage on schema public from task_analytics;
