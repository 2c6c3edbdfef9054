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
import type pg from "pg";
import type { ConsumerConfig } from "./config.ts";
import { createEventDecoder } from "./decode-event.ts";
import { createRecordHandler } from "./handle-record.ts";
import { createEventMetrics } from "./metrics.ts";
import type { ConsumerWork } from "./work.ts";

/** A member whose records wait for longer makes no progress, whatever it is connected to. */
const mostWaitSeconds = 30;

/** Events of one user stay in order; events of different users in one partition are processed concurrently. */
export async function startConsumerRole(
  config: ConsumerConfig,
  createWork: (database: pg.Pool) => ConsumerWork,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<void> {
  const { service, stream, kafka } = config;
  const metricsRegistry = createMetricsRegistry(service.name);
  const database = createDatabase(config.database, logger);
  const work = createWork(database.primary);
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
    handle: createRecordHandler({
      decode: createEventDecoder(createSchemaRegistry(config.schemaRegistry)),
      apply: (event) => work.apply(event),
      producer,
      group: stream.group,
      deadLetter: stream.deadLetter,
      metrics: createEventMetrics(metricsRegistry),
      logger: logger.child({ logger: "events" }),
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
  const upkeep = work.keep(lifecycle.signal, logger.child({ logger: "upkeep" }));
  lifecycle.onStop("database", async () => {
    await upkeep;
    await database.close();
  });
  lifecycle.onStop("kafka brokers", () => brokers.stop());
  lifecycle.onStop("kafka producer", () => producer.close());
  lifecycle.onStop("kafka consumer", () => consumer.stop());
  lifecycle.ready();
}
