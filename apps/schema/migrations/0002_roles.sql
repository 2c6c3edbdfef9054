-- Up Migration
set local lock_timeout = '10s';

-- One role a workload, without a password: on AWS they sign in with a token of their pod (rds_iam), on a developer's
-- machine by trust. Roles belong to the server, not to the database, so a second database finds them there.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['task_api', 'task_relay', 'task_processor'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I login nosuperuser nocreatedb nocreaterole', role_name);
      exception when duplicate_object or unique_violation then
        null; -- another database of the same server was migrated at the same moment
      end;
    end if;
    if exists (select from pg_roles where rolname = 'rds_iam') then
      execute format('grant rds_iam to %I', role_name);
    end if;
  end loop;
end
$$;

grant usage on schema public to task_api, task_relay, task_processor;

-- The API changes tasks, adds events and never takes one back, and reads what the processor recorded.
grant select, insert, update, delete on tasks to task_api;
grant insert on outbox to task_api;
-- Update is only for the row locks of the reaper.
grant select, insert, update, delete on idempotency_keys to task_api;
grant select on task_activity to task_api;

-- The relay moves events out and writes nothing.
grant select, delete on outbox to task_relay;

-- The processor records effects; it may neither change nor forget one.
grant select, insert on processed_events, task_activity to task_processor;

-- Down Migration
revoke all on tasks, outbox, idempotency_keys, task_activity, processed_events from task_api, task_relay, task_processor;
revoke usage on schema public from task_api, task_relay, task_processor;
