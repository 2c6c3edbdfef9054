import {
  createDatabase,
  createProducer,
  createRegistry,
  createSchemaRegistry,
  type Lifecycle,
  type Logger,
  startAdminServer,
  startConsumer,
} from "@task-platform/runtime";
import type { WorkerConfig } from "../../config.ts";
import { createEventDecoder } from "./decode-event.ts";
import { createProcessorMetrics } from "./metrics.ts";
import { createRecordProcessor } from "./process-record.ts";

/**
 * Has the effect of each task event exactly once. Events of one user stay in order; users of one partition are handled
 * side by side.
 */
export async function startProcessor(
  config: WorkerConfig,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<void> {
  const { service, names, kafka } = config;
  const metrics = createRegistry(service.name);
  const database = createDatabase(config.database, logger);
  const producer = createProducer({ config: kafka, clientId: `${service.name}-dead-letter`, logger });
  const consumer = startConsumer({
    config: kafka,
    clientId: service.name,
    group: names.group,
    topic: names.taskEvents,
    // More lanes than connections would only wait for each other.
    lanes: config.database.poolSize,
    handle: createRecordProcessor({
      decode: createEventDecoder(createSchemaRegistry(kafka.registryUrl, kafka.registryCredentialsDirectory)),
      pool: database.pool,
      producer,
      group: names.group,
      deadLetterTopic: names.processorDeadLetter,
      metrics: createProcessorMetrics(metrics),
      logger: logger.child({ logger: "processor" }),
    }),
    logger: logger.child({ logger: "kafka" }),
  });
  await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    registry: metrics,
    logger,
    live: () => consumer.stalled(),
    checks: [
      { name: "database", check: async () => void (await database.pool.query("select 1")) },
      {
        name: "consumer group",
        check: async () => {
          if (!consumer.joined) throw new Error(`not a member of ${names.group}`);
        },
      },
    ],
  });
  lifecycle.onStop("database", () => database.close());
  lifecycle.onStop("kafka producer", () => producer.close());
  lifecycle.onStop("kafka consumer", () => consumer.stop());
  lifecycle.ready();
}
