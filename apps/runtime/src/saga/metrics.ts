import type { SagaState } from "@task-platform/contracts";
import { Counter, Gauge, Histogram, type MetricsRegistry } from "../admin/index.ts";
import type { SagaBacklog } from "./store.ts";

const durationBucketsSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
const measured: readonly SagaState[] = ["pending", "running", "compensating", "failed"];

export type SagaMetrics = ReturnType<typeof createSagaMetrics>;

export function createSagaMetrics(metricsRegistry: MetricsRegistry) {
  const registers = [metricsRegistry];
  const byState = new Gauge({
    name: "sagas",
    help: "Sagas that have not ended, and failed ones.",
    labelNames: ["state"],
    registers,
  });
  const unowned = new Gauge({
    name: "saga_oldest_due_seconds",
    help: "For how long the oldest saga has been due without an owner.",
    registers,
  });
  const unknown = new Gauge({
    name: "saga_unknown_definitions",
    help: "Sagas whose definition this build does not have.",
    registers,
  });
  return {
    started: new Counter({
      name: "saga_started_total",
      help: "Sagas that were begun.",
      labelNames: ["saga"],
      registers,
    }),
    ended: new Counter({
      name: "saga_ended_total",
      help: "Sagas that have ended, by their last state.",
      labelNames: ["saga", "state"],
      registers,
    }),
    seconds: new Histogram({
      name: "saga_duration_seconds",
      help: "From the start of a saga to its end.",
      labelNames: ["saga", "state"],
      buckets: durationBucketsSeconds,
      registers,
    }),
    calls: new Counter({
      name: "saga_calls_total",
      help: "Calls of steps and of their compensations, by result.",
      labelNames: ["saga", "step", "kind", "result"],
      registers,
    }),
    lost: new Counter({
      name: "saga_leases_lost_total",
      help: "Sagas that another owner took meanwhile; nothing was written.",
      registers,
    }),
    measured: (backlog: readonly SagaBacklog[]): void => {
      for (const state of measured) {
        byState.set({ state }, backlog.find((row) => row.state === state)?.count ?? 0);
      }
      unowned.set(Math.max(0, ...backlog.map(({ oldest }) => oldest)));
      unknown.set(backlog.reduce((sum, row) => sum + row.unknown, 0));
    },
  };
}
