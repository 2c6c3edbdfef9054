import { taskEventSchemaVersion, topics } from "@task-platform/contracts";
import {
  createDatabase,
  createOutboxMetrics,
  createProducer,
  createRegistry,
  createSchemaRegistry,
  type Lifecycle,
  type Logger,
  startAdminServer,
  startOutboxRelay,
} from "@task-platform/runtime";
import type { WorkerConfig } from "../config.ts";
import { schemaIdOf } from "./schemas.ts";

/**
 * Publishes what the API wrote to the outbox. An outage of PostgreSQL, Kafka or the registry only delays events: it
 * keeps trying and says "not ready" meanwhile.
 */
export async function startRelay(config: WorkerConfig, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { service, names } = config;
  const metrics = createRegistry(service.name);
  const database = createDatabase(config.database, logger);
  const schemas = createSchemaRegistry(config.kafka.registryUrl, config.kafka.registryCredentialsDirectory);
  const producer = createProducer({ config: config.kafka, clientId: service.name, logger });
  const schemaId = (version: number): Promise<number> => schemaIdOf(schemas, version);
  const relay = startOutboxRelay({
    connect: () => database.connect(),
    topic: names.taskEvents,
    shards: topics.taskEvents.partitions,
    producer,
    schemaId,
    metrics: createOutboxMetrics(metrics),
    logger: logger.child({ logger: "outbox" }),
  });
  await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    registry: metrics,
    logger,
    checks: [
      { name: "outbox", check: async () => mustBe(relay.connected, "not connected to the database") },
      { name: "kafka", check: () => producer.check(names.taskEvents) },
      // Also the check at start-up that the registry takes the current schema as compatible.
      { name: "schema registry", check: async () => void (await schemaId(taskEventSchemaVersion)) },
    ],
  });
  lifecycle.onStop("database", () => database.close());
  lifecycle.onStop("kafka producer", () => producer.close());
  lifecycle.onStop("outbox relay", () => relay.stop());
  lifecycle.ready();
}

function mustBe(fact: boolean, otherwise: string): void {
  if (!fact) throw new Error(otherwise);
}
