import { Admin } from "@platformatic/kafka";
import { MetricsRegistry } from "@task-platform/runtime/admin";
import { BrokerWatch, createBrokerMetrics, createConsumerMetrics } from "@task-platform/runtime/kafka";
import { createLogger } from "@task-platform/runtime/logging";
import { onTestFinished } from "vitest";
import { backEnds } from "../../../tests/support/back-ends.ts";

const silent = createLogger({ service: "test", level: "fatal" });

/** What a producer of a test needs. */
export function producerParts(clientId: string, brokers: readonly string[] = backEnds().kafka.brokers) {
  const config = { brokers, auth: { kind: "none" }, tls: "off" } as const;
  const metricsRegistry = new MetricsRegistry();
  const metrics = createBrokerMetrics(metricsRegistry);
  const watch = new BrokerWatch({ config, clientId, metrics, logger: silent });
  onTestFinished(() => watch.stop());
  return { config, clientId, brokers: watch, logger: silent, metricsRegistry };
}

/** What a consumer of a test needs. */
export function consumerParts(clientId: string) {
  const parts = producerParts(clientId);
  return { ...parts, metrics: createConsumerMetrics(parts.metricsRegistry) };
}

/** Name of each member of a consumer group. */
export async function memberNames(group: string): Promise<(string | null)[]> {
  const admin = new Admin({ clientId: "witness", bootstrapBrokers: [...backEnds().kafka.brokers] });
  const described = await admin.describeGroups({ groups: [group] });
  await admin.close();
  return [...(described.get(group)?.members.values() ?? [])].map(
    ({ groupInstanceId }) => groupInstanceId ?? null,
  );
}
