import { topics } from "@task-platform/contracts";
import {
  definePiece,
  type EnvironmentVariables,
  name,
  parseEnvironment,
} from "@task-platform/runtime/config";
import { commonPieces } from "../../config.ts";

/** What the contracts say about a consumer group of the task events. */
export interface ConsumerFacts {
  readonly group: string;
  /** Where the group puts events that it cannot process. */
  readonly deadLetter: (typeof topics)[keyof typeof topics];
}

export type ConsumerConfig = ReturnType<typeof readConfig>;

/**
 * The names differ from the contracts only where several installations share a Kafka cluster, as in tests.
 *
 * @throws ConfigurationError with all problems together
 */
export function readConfig(facts: ConsumerFacts, variables?: EnvironmentVariables) {
  const stream = definePiece(
    {
      TOPIC_TASK_EVENTS: name().default(topics.taskEvents.name),
      TOPIC_DEAD_LETTER: name().default(facts.deadLetter.name),
      CONSUMER_GROUP: name().default(facts.group),
    },
    (raw) => ({
      taskEvents: raw.TOPIC_TASK_EVENTS,
      deadLetter: { topic: raw.TOPIC_DEAD_LETTER, partitions: facts.deadLetter.partitions },
      group: raw.CONSUMER_GROUP,
    }),
  );
  return parseEnvironment({ ...commonPieces, stream }, variables);
}
