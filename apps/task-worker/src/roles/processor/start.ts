import { createMetricsRegistry, startAdminServer } from "@task-platform/runtime/admin";
import { createDatabase } from "@task-platform/runtime/database";
import {
  BrokerWatch,
  createBrokerMetrics,
  createConsumerMetrics,
  createProducer,
  startConsumer,
} from "@task-platform/runtime/kafka";
import type { Lifecycle } from "@task-platform/runtime/lifecycle";
import type { Logger } from "@task-platform/runtime/logging";
import { createSchemaRegistry } from "@task-platform/runtime/schema-registry";
import type { ProcessorConfig } from "./config.ts";
import { createEventDecoder } from "./decode-event.ts";
import { keepActivity } from "./keep-activity.ts";
import { createProcessorMetrics } from "./metrics.ts";
import { createRecordProcessor } from "./process-record.ts";
import { Effects } from "./record-effect.ts";

/** A member whose records wait for longer makes no progress, whatever it is connected to. */
const mostWaitSeconds = 30;

/**
 * Applies the effect of each task event exactly once. Events of one user stay in order; events of different users in
 * one partition are processed concurrently.
 */
export async function startProcessor(
  config: ProcessorConfig,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<void> {
  const { service, stream, kafka } = config;
  const metricsRegistry = createMetricsRegistry(service.name);
  const database = createDatabase(config.database, logger);
  const client = { config: kafka, clientId: service.name, logger: logger.child({ logger: "kafka" }) };
  const brokers = new BrokerWatch({ ...client, metrics: createBrokerMetrics(metricsRegistry) });
  const producer = createProducer({ ...client, clientId: `${service.name}-dead-letter`, brokers });
  const consumer = startConsumer({
    ...client,
    brokers,
    metrics: createConsumerMetrics(metricsRegistry),
    group: stream.group,
    instance: service.pod,
    topic: stream.taskEvents,
    handle: createRecordProcessor({
      decode: createEventDecoder(createSchemaRegistry(config.schemaRegistry)),
      effects: new Effects(database.primary),
      producer,
      group: stream.group,
      deadLetterTopic: stream.deadLetter,
      metrics: createProcessorMetrics(metricsRegistry),
      logger: logger.child({ logger: "processor" }),
    }),
  });
  await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    metricsRegistry,
    logger,
    live: () => consumer.stalled(),
    checks: [
      { name: "database", check: async () => void (await database.primary.query("select 1")) },
      {
        name: "consumer group",
        check: async () => {
          if (!consumer.joined) throw new Error(`not a member of ${stream.group}`);
          const waits = consumer.stuckSeconds();
          if (waits > mostWaitSeconds) throw new Error(`a record has waited for ${Math.round(waits)} s`);
        },
      },
    ],
  });
  const upkeep = keepActivity(database.primary, lifecycle.signal, logger.child({ logger: "upkeep" }));
  lifecycle.onStop("database", async () => {
    await upkeep;
    await database.close();
  });
  lifecycle.onStop("kafka brokers", () => brokers.stop());
  lifecycle.onStop("kafka producer", () => producer.close());
  lifecycle.onStop("kafka consumer", () => consumer.stop());
  lifecycle.ready();
}
