import { topics } from "@task-platform/contracts";
import {
  definePiece,
  type EnvironmentVariables,
  name,
  parseEnvironment,
} from "@task-platform/runtime/config";
import { commonPieces } from "../../config.ts";

/** The name differs from the contracts only where several installations share a Kafka cluster, as in tests. */
const stream = definePiece({ TOPIC_TASK_EVENTS: name().default(topics.taskEvents.name) }, (raw) => ({
  taskEvents: raw.TOPIC_TASK_EVENTS,
}));

export type RelayConfig = ReturnType<typeof readConfig>;

/** @throws ConfigurationError with all problems together */
export function readConfig(variables?: EnvironmentVariables) {
  return parseEnvironment({ ...commonPieces, stream }, variables);
}
