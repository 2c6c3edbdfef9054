import { Counter, Gauge, Histogram, type MetricsRegistry } from "@task-platform/runtime/admin";

export interface EventMetrics {
  readonly processed: Counter<"result">;
  readonly retries: Counter<"blame">;
  readonly deadLettered: Counter<"reason">;
  readonly parked: Counter<"because">;
  readonly parkedNow: Gauge;
  readonly oldestParkedSeconds: Gauge;
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
    parked: new Counter({
      name: "events_parked_total",
      help: "Events put into a retry topic: after a failure, by its cause, or behind an earlier event of the same key",
      labelNames: ["because"],
      registers,
    }),
    parkedNow: new Gauge({
      name: "events_parked",
      help: "Events of the group that wait in retry topics. Every member reports all of them",
      registers,
    }),
    oldestParkedSeconds: new Gauge({
      name: "events_parked_oldest_seconds",
      help: "Time since the oldest event that waits in a retry topic was parked; 0 when none waits",
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
