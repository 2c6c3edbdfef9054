-- Up Migration
set local lock_timeout = '10s';

create table tasks (
  id uuid primary key,
  user_id text not null,
  title text not null,
  description text not null,
  completed boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- A list shows one user's tasks, newest first. The id breaks ties, so that no page repeats or skips a row.
create index tasks_by_user on tasks (user_id, created_at desc, id desc);

-- One row per event that is not in Kafka yet. The identity is allocated under the lock of the user, so the ids of one
-- user are in the order of the changes. The order across users has no meaning.
create table outbox (
  id bigint generated always as identity primary key,
  shard smallint not null,
  key text not null,
  event_id uuid not null unique,
  event_type text not null,
  schema_version smallint not null,
  payload bytea not null,
  headers jsonb not null,
  created_at timestamptz not null default now()
) with (
  -- Every row is deleted within a second. The default threshold, a share of the table, does not suit a table that is
  -- nearly empty, and the relay would read through all dead rows that a slow vacuum leaves.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 10000,
  autovacuum_vacuum_cost_delay = 0
);

create index outbox_by_shard on outbox (shard, id);

-- Events that each consumer group has applied. The row is written in the transaction of the effect.
create table processed_events (
  consumer_group text not null,
  event_id uuid not null,
  processed_at timestamptz not null default now(),
  primary key (consumer_group, event_id)
);

-- The effect of the processor: the events of each task, as read from Kafka.
create table task_activity (
  seq bigint generated always as identity,
  user_id text not null,
  task_id uuid not null,
  event_id uuid primary key,
  event_type text not null,
  occurred_at timestamptz not null,
  processed_at timestamptz not null default now()
);

create index task_activity_by_task on task_activity (task_id, seq);

-- The response to a request with an idempotency key, committed together with its changes.
create table idempotency_keys (
  user_id text not null,
  route text not null,
  key text not null,
  request_hash bytea not null,
  status smallint not null,
  headers jsonb not null,
  body text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, route, key)
);

create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

-- Down Migration
drop table idempotency_keys, task_activity, processed_events, outbox, tasks;
