-- Up Migration
set local lock_timeout = '10s';

-- One role per workload, without a password: on AWS a workload signs in with a token of its pod identity (rds_iam), on
-- a developer's machine by trust. Roles belong to the server, so they may exist already because of another database.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['task_api', 'task_relay', 'task_processor'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I login nosuperuser nocreatedb nocreaterole', role_name);
      exception when duplicate_object or unique_violation then
        null; -- another database of this server is migrated at the same moment
      end;
    end if;
    if exists (select from pg_roles where rolname = 'rds_iam') then
      execute format('grant rds_iam to %I', role_name);
    end if;
  end loop;
end
$$;

grant usage on schema public to task_api, task_relay, task_processor;

-- The API changes tasks, adds events without ever reading or deleting one, and reads the activity of tasks.
grant select, insert, update, delete on tasks to task_api;
grant insert on outbox to task_api;
-- Update is needed only for the row locks while expired keys are deleted.
grant select, insert, update, delete on idempotency_keys to task_api;
grant select on task_activity to task_api;

-- The relay reads and deletes events and writes nothing.
grant select, delete on outbox to task_relay;

-- The processor records effects. It can neither change nor delete one.
grant select, insert on processed_events, task_activity to task_processor;

-- Down Migration
revoke all on tasks, outbox, idempotency_keys, task_activity, processed_events from task_api, task_relay, task_processor;
revoke usage on schema public from task_api, task_relay, task_processor;
