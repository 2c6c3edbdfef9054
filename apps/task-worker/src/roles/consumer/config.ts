import { retryDelays, topics } from "@task-platform/contracts";
import {
  definePiece,
  type EnvironmentVariables,
  integer,
  name,
  parseEnvironment,
} from "@task-platform/runtime/config";
import { commonPieces } from "../../config.ts";

/** A day: the retry topics keep a record for a week. */
const longestRetryMs = 86_400_000;

/** What the contracts say about a consumer group of the task events. */
export interface ConsumerFacts {
  readonly group: string;
  /** Where the group puts events that failed some times, and those that wait behind them. */
  readonly retrySoon: (typeof topics)[keyof typeof topics];
  readonly retryLate: (typeof topics)[keyof typeof topics];
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
      TOPIC_RETRY_SOON: name().default(facts.retrySoon.name),
      TOPIC_RETRY_LATE: name().default(facts.retryLate.name),
      TOPIC_DEAD_LETTER: name().default(facts.deadLetter.name),
      RETRY_SOON_MS: integer(1, longestRetryMs).default(retryDelays.soon.milliseconds),
      RETRY_LATE_MS: integer(1, longestRetryMs).default(retryDelays.late.milliseconds),
      CONSUMER_GROUP: name().default(facts.group),
    },
    (raw) => ({
      taskEvents: raw.TOPIC_TASK_EVENTS,
      retries: [
        { topic: raw.TOPIC_RETRY_SOON, partitions: facts.retrySoon.partitions, delayMs: raw.RETRY_SOON_MS },
        { topic: raw.TOPIC_RETRY_LATE, partitions: facts.retryLate.partitions, delayMs: raw.RETRY_LATE_MS },
      ] as const,
      deadLetter: { topic: raw.TOPIC_DEAD_LETTER, partitions: facts.deadLetter.partitions },
      group: raw.CONSUMER_GROUP,
    }),
  );
  return parseEnvironment({ ...commonPieces, stream }, variables);
}
