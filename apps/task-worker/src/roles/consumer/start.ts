import { createMetricsRegistry, startAdminServer } from "@task-platform/runtime/admin";
import { createDatabase, repeatUpkeep } from "@task-platform/runtime/database";
import {
  BrokerWatch,
  createBrokerMetrics,
  createConsumerMetrics,
  createProducer,
} from "@task-platform/runtime/kafka";
import type { Lifecycle } from "@task-platform/runtime/lifecycle";
import type { Logger } from "@task-platform/runtime/logging";
import { createSchemaRegistry } from "@task-platform/runtime/schema-registry";
import type pg from "pg";
import type { ConsumerConfig } from "./config.ts";
import { createEventDecoder } from "./decode-event.ts";
import { startMembers } from "./members.ts";
import { createEventMetrics, type EventMetrics } from "./metrics.ts";
import { ParkedKeys } from "./parking/index.ts";
import type { ConsumerWork } from "./work.ts";

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
  const parked = new ParkedKeys(database.primary, stream.group);
  const metrics = createEventMetrics(metricsRegistry);
  const members = startMembers(
    { ...client, brokers, metrics: createConsumerMetrics(metricsRegistry), instance: service.pod },
    stream,
    {
      decode: createEventDecoder(createSchemaRegistry(config.schemaRegistry)),
      apply: (event) => work.apply(event),
      producer,
      group: stream.group,
      deadLetter: stream.deadLetter,
      parked,
      metrics,
      logger: logger.child({ logger: "events" }),
    },
  );
  await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    metricsRegistry,
    logger,
    live: () => members.stalled(),
    checks: [
      { name: "database", check: async () => void (await database.primary.query("select 1")) },
      { name: "consumer group", check: async () => members.check() },
    ],
  });
  const upkeepLogger = logger.child({ logger: "upkeep" });
  const upkeep = Promise.all([
    work.keep(lifecycle.signal, upkeepLogger),
    surveyParked(parked, metrics, lifecycle.signal, upkeepLogger),
  ]);
  lifecycle.onStop("database", async () => {
    await upkeep;
    await database.close();
  });
  lifecycle.onStop("kafka brokers", () => brokers.stop());
  lifecycle.onStop("kafka producer", () => producer.close());
  lifecycle.onStop("kafka consumers", () => members.stop());
  lifecycle.ready();
}

const surveyEveryMs = 30_000;

/** Tells by metrics what is parked, until the signal. */
function surveyParked(
  parked: ParkedKeys,
  metrics: EventMetrics,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  const options = {
    intervalMs: surveyEveryMs,
    failure: "the parked events were not counted",
    signal,
    logger,
  };
  return repeatUpkeep(options, async () => {
    const { parked: events, oldestSeconds } = await parked.survey();
    metrics.parkedNow.set(events);
    metrics.oldestParkedSeconds.set(oldestSeconds);
  });
}
