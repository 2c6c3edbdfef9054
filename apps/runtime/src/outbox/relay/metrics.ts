import { Counter, Gauge, Histogram, type MetricsRegistry } from "../../admin/index.ts";

/** Metrics of the relay. Gauges cover the shards that this process holds, so the sum over replicas is the total. */
export interface OutboxMetrics {
  readonly pending: Gauge;
  readonly oldestAgeSeconds: Gauge;
  readonly shards: Gauge;
  readonly published: Counter;
  readonly failures: Counter;
  readonly publishSeconds: Histogram;
}

/** Finest around the objective, p99 below 100 ms. */
const publishBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

export function createOutboxMetrics(metricsRegistry: MetricsRegistry): OutboxMetrics {
  const registers = [metricsRegistry];
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
