import { taskEventSchemaVersion, topics } from "@task-platform/contracts";
import { createMetricsRegistry, startAdminServer } from "@task-platform/runtime/admin";
import { createDatabase } from "@task-platform/runtime/database";
import { BrokerWatch, createBrokerMetrics, createProducer } from "@task-platform/runtime/kafka";
import type { Lifecycle } from "@task-platform/runtime/lifecycle";
import type { Logger } from "@task-platform/runtime/logging";
import { createOutboxMetrics, startOutboxRelay } from "@task-platform/runtime/outbox/relay";
import { createSchemaRegistry } from "@task-platform/runtime/schema-registry";
import type { RelayConfig } from "./config.ts";
import { schemaIdOf } from "./schema-ids.ts";

/** A relay that is behind for longer makes no progress, whatever it is connected to. */
const mostWaitSeconds = 30;

/**
 * Publishes the events of the outbox. An outage of PostgreSQL, Kafka or the schema registry only delays events: the
 * relay keeps trying and is "not ready" meanwhile.
 */
export async function startRelay(config: RelayConfig, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { service, kafka } = config;
  const { taskEvents: topic } = config.stream;
  const metricsRegistry = createMetricsRegistry(service.name);
  const database = createDatabase(config.database, logger);
  const schemaRegistry = createSchemaRegistry(config.schemaRegistry);
  const client = { config: kafka, clientId: service.name, logger: logger.child({ logger: "kafka" }) };
  const brokers = new BrokerWatch({ ...client, metrics: createBrokerMetrics(metricsRegistry) });
  const producer = createProducer({ ...client, brokers });
  const schemaId = (version: number): Promise<number> => schemaIdOf(schemaRegistry, version);
  const relay = startOutboxRelay({
    connect: () => database.connect(),
    topic,
    shards: topics.taskEvents.partitions,
    producer,
    schemaId,
    metrics: createOutboxMetrics(metricsRegistry),
    logger: logger.child({ logger: "outbox" }),
  });
  await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    metricsRegistry,
    logger,
    checks: [
      {
        name: "outbox",
        check: async () => {
          if (!relay.connected) throw new Error("not connected to the database");
          const waits = relay.oldestAgeSeconds;
          if (waits > mostWaitSeconds) throw new Error(`an event has waited for ${Math.round(waits)} s`);
        },
      },
      { name: "kafka", check: () => producer.check(topic) },
      // This also checks that the schema registry accepts the current schema as compatible.
      { name: "schema registry", check: async () => void (await schemaId(taskEventSchemaVersion)) },
    ],
  });
  lifecycle.onStop("database", () => database.close());
  lifecycle.onStop("kafka brokers", () => brokers.stop());
  lifecycle.onStop("kafka producer", () => producer.close());
  lifecycle.onStop("outbox relay", () => relay.stop());
  lifecycle.ready();
}
