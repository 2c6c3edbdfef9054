import { Counter, Gauge, Histogram, type Registry } from "../admin/index.ts";

/** What the relay tells about the outbox; gauges are of the shards this process holds, so replicas add up. */
export interface OutboxMetrics {
  readonly pending: Gauge;
  readonly oldestAgeSeconds: Gauge;
  readonly shards: Gauge;
  readonly published: Counter;
  readonly failures: Counter;
  readonly publishSeconds: Histogram;
}

/** Around the promise of p99 below 100 ms. */
const publishBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

export function createOutboxMetrics(registry: Registry): OutboxMetrics {
  const registers = [registry];
  return {
    pending: new Gauge({ name: "outbox_pending", help: "Events that wait to be published", registers }),
    oldestAgeSeconds: new Gauge({
      name: "outbox_oldest_age_seconds",
      help: "Age of the oldest event that waits to be published",
      registers,
    }),
    shards: new Gauge({
      name: "outbox_shards_held",
      help: "Shards of the outbox this process relays",
      registers,
    }),
    published: new Counter({
      name: "outbox_published_total",
      help: "Events that Kafka has acknowledged",
      registers,
    }),
    failures: new Counter({
      name: "outbox_publish_failures_total",
      help: "Batches that could not be published and are tried again",
      registers,
    }),
    publishSeconds: new Histogram({
      name: "outbox_publish_duration_seconds",
      help: "Time from handing a batch to the producer until all replicas in sync have it",
      buckets: publishBuckets,
      registers,
    }),
  };
}
