import { consumerGroups, topics } from "@task-platform/contracts";
import {
  definePiece,
  type EnvironmentVariables,
  name,
  parseEnvironment,
} from "@task-platform/runtime/config";
import { commonPieces } from "../../config.ts";

/** The names differ from the contracts only where several installations share a Kafka cluster, as in tests. */
const stream = definePiece(
  {
    TOPIC_TASK_EVENTS: name().default(topics.taskEvents.name),
    TOPIC_PROCESSOR_DEAD_LETTER: name().default(topics.processorDeadLetter.name),
    CONSUMER_GROUP: name().default(consumerGroups.processor),
  },
  (raw) => ({
    taskEvents: raw.TOPIC_TASK_EVENTS,
    deadLetter: raw.TOPIC_PROCESSOR_DEAD_LETTER,
    group: raw.CONSUMER_GROUP,
  }),
);

export type ProcessorConfig = ReturnType<typeof readConfig>;

/** @throws ConfigurationError with all problems together */
export function readConfig(variables?: EnvironmentVariables) {
  return parseEnvironment({ ...commonPieces, stream }, variables);
}
