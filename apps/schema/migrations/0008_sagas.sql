-- Up Migration
set local lock_timeout = '10s';

do $$
begin
  if not exists (select from pg_roles where rolname = 'task_orchestrator') then
    begin
      create role task_orchestrator login nosuperuser nocreatedb nocreaterole;
    exception when duplicate_object or unique_violation then
      null; -- another database of this server is migrated at the same moment
    end;
  end if;
  if exists (select from pg_roles where rolname = 'rds_iam') then
    grant rds_iam to task_orchestrator;
  end if;
end
$$;

grant usage on schema public to task_orchestrator;

-- One row for each saga. Every transition compares and raises the revision, so two owners cannot both write.
create table sagas (
  id uuid primary key,
  name text not null,
  -- Version of the definition. A build runs only the versions that it knows.
  version smallint not null,
  state text not null default 'pending'
    check (state in ('pending', 'running', 'completed', 'compensating', 'compensated', 'failed')),
  revision integer not null default 0,
  -- While an owner works: when it loses the saga. Otherwise: when the next try is due.
  lease_until timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ended_at timestamptz,
  correlation_id text not null,
  traceparent text,
  -- Input of the steps.
  data jsonb not null
);

-- Sagas that are due. Ended ones are not in it, so it stays small.
create index sagas_due on sagas (lease_until) where state in ('pending', 'running', 'compensating');
create index sagas_failed on sagas (updated_at) where state = 'failed';
create index sagas_ended on sagas (ended_at) where state in ('completed', 'compensated');

create table saga_steps (
  saga_id uuid not null references sagas on delete cascade,
  position smallint not null,
  name text not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'running', 'done', 'refused', 'unknown', 'compensating', 'compensated', 'stuck')),
  -- Calls that were begun, of the step and of its compensation.
  tries smallint not null default 0,
  undo_tries smallint not null default 0,
  result jsonb,
  -- Why the last call failed; null after one that did not.
  problem text,
  primary key (saga_id, position)
);

-- Deletes one batch of sagas with their steps, 90 days after they have ended. What has not ended, and what has failed, is kept.
create function keep_sagas(out forgotten integer)
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  kept_days constant integer := 90;
  batch constant integer := 1000;
begin
  delete from sagas d where d.id in (
    select s.id from sagas s
    where s.state in ('completed', 'compensated') and s.ended_at < now() - make_interval(days => kept_days)
    order by s.ended_at limit batch for update skip locked
  );
  get diagnostics forgotten = row_count;
end
$$;

-- The orchestrator changes where a saga is. It can make none, delete none, and change no input of one.
grant select on sagas, saga_steps to task_orchestrator;
grant update (state, revision, lease_until, updated_at, ended_at) on sagas to task_orchestrator;
grant update (state, tries, undo_tries, result, problem) on saga_steps to task_orchestrator;
revoke execute on function keep_sagas() from public;
grant execute on function keep_sagas() to task_orchestrator;

-- Down Migration
drop function keep_sagas();
drop table saga_steps, sagas;
revoke usage on schema public from task_orchestrator;
