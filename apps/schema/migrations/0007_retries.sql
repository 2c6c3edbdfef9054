-- Up Migration
set local lock_timeout = '10s';

-- Events of a consumer group that wait in a retry topic, by their place in the topic of the task events. While a key has a row,
-- the later events of that key wait behind it, so that a retry does not change their order. A row is deleted when its event is
-- applied or dead-lettered.
create table parked_events (
  consumer_group text not null,
  key bytea not null,
  topic_partition integer not null,
  topic_offset bigint not null,
  parked_at timestamptz not null default now(),
  -- When the event was last put into a retry topic.
  moved_at timestamptz not null default now(),
  primary key (consumer_group, key, topic_partition, topic_offset)
);

create index parked_events_by_age on parked_events (consumer_group, parked_at);

grant select, insert, update, delete on parked_events to task_processor, task_analytics;

-- Down Migration
drop table parked_events;
