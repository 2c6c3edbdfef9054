import { Counter, Histogram, type MetricsRegistry } from "@task-platform/runtime/admin";

export interface EventMetrics {
  readonly processed: Counter<"result">;
  readonly retries: Counter<"blame">;
  readonly deadLettered: Counter<"reason">;
  readonly delaySeconds: Histogram;
}

/** Finest around the objective, p99 below 500 ms from Kafka to the effect. */
const delayBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

export function createEventMetrics(metricsRegistry: MetricsRegistry): EventMetrics {
  const registers = [metricsRegistry];
  return {
    processed: new Counter({
      name: "events_processed_total",
      help: "Events by result: applied, duplicate, ignored or dead_letter",
      labelNames: ["result"],
      registers,
    }),
    retries: new Counter({
      name: "events_retried_total",
      help: "Failed tries that are retried, by cause",
      labelNames: ["blame"],
      registers,
    }),
    deadLettered: new Counter({
      name: "events_dead_lettered_total",
      help: "Dead-lettered events, by reason",
      labelNames: ["reason"],
      registers,
    }),
    delaySeconds: new Histogram({
      name: "event_processing_delay_seconds",
      help: "Time from the record's timestamp until its effect is durable",
      buckets: delayBuckets,
      registers,
    }),
  };
}
