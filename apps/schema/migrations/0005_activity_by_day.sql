-- Up Migration
set local lock_timeout = '10s';

-- The activity of tasks grows with every event, so it is kept by day, and a day that is too old is dropped whole. The day is
-- that of the event itself: a second delivery, however late, then meets the first one in the same partition.
--
-- The row of an event is also the proof that the event was applied, so the table processed_events is gone. A processor of the
-- release before finds neither its table nor its key, and its events wait for the new processor.
alter table task_activity rename to task_activity_before;
alter index task_activity_pkey rename to task_activity_before_pkey;
alter index task_activity_by_task rename to task_activity_before_by_task;

create table task_activity (
  event_id uuid not null,
  task_id uuid not null,
  occurred_at timestamptz not null,
  processed_at timestamptz not null default now(),
  seq bigint generated always as identity,
  user_id text not null,
  event_type text not null,
  primary key (event_id, occurred_at)
) partition by range (occurred_at);

create index task_activity_by_task on task_activity (task_id, seq);

-- Makes the partitions from the oldest day that is kept to three days ahead, and drops older ones. Runs with the rights of
-- the owner: the processor may end whole days that are too old, and can neither change nor delete anything else.
--
-- 22 days: an event waits in Kafka for up to 7 days and as a dead letter for up to 14, and one that comes back after that
-- time must still be known. An event of an older day has no partition.
create function keep_task_activity(out made integer, out dropped integer)
language plpgsql security definer
set search_path = public, pg_temp
-- To attach and to drop a partition locks the table. Whoever waits for such a lock makes all others wait.
set lock_timeout = '1s'
as $$
declare
  kept_days constant integer := 22;
  days_ahead constant integer := 3;
  today constant date := (now() at time zone 'UTC')::date;
  day date;
  partition text;
begin
  made := 0;
  dropped := 0;
  -- Seeds 0 and 1 belong to users and to idempotency keys. Another processor does it at this moment.
  if not pg_try_advisory_xact_lock(hashtextextended('keep_task_activity', 2)) then
    return;
  end if;
  for offset_days in -kept_days .. days_ahead loop
    day := today + offset_days;
    partition := 'task_activity_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass('public.' || partition) is not null;
    -- Not "create table … partition of": that would wait for every reader of the table.
    execute format('create table %I (like task_activity including defaults)', partition);
    execute format(
      'alter table task_activity attach partition %I for values from (%L) to (%L)',
      partition, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC'
    );
    made := made + 1;
  end loop;
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'task_activity'::regclass
      and c.relname < 'task_activity_' || to_char(today - kept_days, 'YYYYMMDD')
  loop
    execute format('drop table %I', partition);
    dropped := dropped + 1;
  end loop;
end
$$;

select keep_task_activity();

insert into task_activity (event_id, task_id, occurred_at, processed_at, user_id, event_type)
select event_id, task_id, occurred_at, processed_at, user_id, event_type
from task_activity_before
where occurred_at >= ((now() at time zone 'UTC')::date - 22)::timestamp at time zone 'UTC'
  and occurred_at < ((now() at time zone 'UTC')::date + 4)::timestamp at time zone 'UTC'
order by seq;

drop table task_activity_before, processed_events;

grant select on task_activity to task_api;
grant select, insert on task_activity to task_processor;
revoke execute on function keep_task_activity() from public;
grant execute on function keep_task_activity() to task_processor;

-- Down Migration
create table processed_events (
  consumer_group text not null,
  event_id uuid not null,
  processed_at timestamptz not null default now(),
  primary key (consumer_group, event_id)
);
insert into processed_events (consumer_group, event_id, processed_at)
select 'task-processor', event_id, processed_at from task_activity;
drop function keep_task_activity();
alter table task_activity rename to task_activity_by_day;
alter index task_activity_pkey rename to task_activity_by_day_pkey;
alter index task_activity_by_task rename to task_activity_by_day_by_task;
create table task_activity (
  seq bigint generated always as identity,
  user_id text not null,
  task_id uuid not null,
  event_id uuid primary key,
  event_type text not null,
  occurred_at timestamptz not null,
  processed_at timestamptz not null default now()
);
insert into task_activity (user_id, task_id, event_id, event_type, occurred_at, processed_at)
select user_id, task_id, event_id, event_type, occurred_at, processed_at from task_activity_by_day order by seq;
drop table task_activity_by_day;
create index task_activity_by_task on task_activity (task_id, seq);
grant select on task_activity to task_api;
grant select, insert on processed_events, task_activity to task_processor;
