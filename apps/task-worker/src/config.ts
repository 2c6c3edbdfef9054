import { consumerGroups, topics } from "@task-platform/contracts";
import {
  type DatabaseConfig,
  databaseConfig,
  definePiece,
  type KafkaConfig,
  kafkaConfig,
  name,
  parseEnvironment,
  type ServiceConfig,
  serviceConfig,
} from "@task-platform/runtime";

/** Names in Kafka; they differ from the contracts only where several installations share a cluster, as tests do. */
export interface StreamNames {
  readonly taskEvents: string;
  readonly processorDeadLetter: string;
  readonly group: string;
}

const streamNames = definePiece(
  {
    TOPIC_TASK_EVENTS: name().default(topics.taskEvents.name),
    TOPIC_PROCESSOR_DEAD_LETTER: name().default(topics.processorDeadLetter.name),
    CONSUMER_GROUP: name().default(consumerGroups.processor),
  },
  (raw): StreamNames => ({
    taskEvents: raw.TOPIC_TASK_EVENTS,
    processorDeadLetter: raw.TOPIC_PROCESSOR_DEAD_LETTER,
    group: raw.CONSUMER_GROUP,
  }),
);

/** What a role of the worker is told. */
export interface WorkerConfig {
  readonly service: ServiceConfig;
  readonly database: DatabaseConfig;
  readonly kafka: KafkaConfig;
  readonly names: StreamNames;
}

/** @throws ConfigurationError with all problems together. */
export function readConfig(environment?: Readonly<Record<string, string | undefined>>): WorkerConfig {
  return parseEnvironment(
    { service: serviceConfig, database: databaseConfig, kafka: kafkaConfig, names: streamNames },
    environment,
  );
}
