/**
 * The outbox: one row per event that is not in Kafka yet. Packages that change state append to it in their own
 * transaction, the relay publishes and deletes.
 */
export const outbox = {
  table: "outbox",
  /** Columns that a writer fills; `id` and `created_at` come from the database. */
  columns: ["shard", "key", "event_id", "event_type", "schema_version", "payload", "headers"],
  /** NOTIFY channel that wakes the relay. The payload is the shard. */
  channel: "outbox",
  /**
   * First number of the advisory locks of the relay: the letters "outb". PostgreSQL keeps locks of two numbers apart
   * from locks of one, which the API takes by hash.
   */
  lockClass: 0x6f757462,
} as const;

/** What the processor recorded of each task, in one partition for each day; the API reads it. */
export const taskActivity = {
  table: "task_activity",
  /** Function that makes partitions ahead and drops those that are too old. */
  keeper: "keep_task_activity",
} as const;

/** What the analytics counted: each event of an open day, and one row for each user of a closed day; the API reads both. */
export const statistics = {
  events: "statistics_events",
  days: "statistics_days",
  /** Function that makes partitions ahead, closes days that no event can come for, and forgets the oldest closed days. */
  keeper: "keep_statistics",
} as const;

/** Events that wait in a retry topic of a consumer group. */
export const parkedEvents = { table: "parked_events" } as const;

/** Sagas with their steps: services that start one write its rows in their own transaction, the orchestrator runs it. */
export const saga = {
  table: "sagas",
  steps: "saga_steps",
  /** Function that deletes what is not kept any more, one batch at a time. */
  keeper: "keep_sagas",
} as const;
