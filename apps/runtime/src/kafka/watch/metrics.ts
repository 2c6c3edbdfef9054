import { Gauge, type MetricsRegistry } from "../../admin/index.ts";

export interface BrokerMetrics {
  readonly hung: Gauge;
}

export interface ConsumerMetrics {
  readonly lag: Gauge<"partition">;
  readonly stuckSeconds: Gauge<"partition">;
}

export function createBrokerMetrics(metricsRegistry: MetricsRegistry): BrokerMetrics {
  return {
    hung: new Gauge({
      name: "kafka_brokers_hung",
      help: "Brokers that accept connections and answer nothing",
      registers: [metricsRegistry],
    }),
  };
}

export function createConsumerMetrics(metricsRegistry: MetricsRegistry): ConsumerMetrics {
  const registers = [metricsRegistry];
  return {
    lag: new Gauge({
      name: "consumer_lag",
      help: "Records of a partition that the group has not committed. Every member reports all partitions",
      labelNames: ["partition"],
      registers,
    }),
    stuckSeconds: new Gauge({
      name: "consumer_stuck_seconds",
      help: "Time for which records of a partition wait and the group commits none of them",
      labelNames: ["partition"],
      registers,
    }),
  };
}
