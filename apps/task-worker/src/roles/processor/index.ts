import { consumerGroups, topics } from "@task-platform/contracts";
import { defineConsumer, EventRows } from "../consumer/index.ts";
import { keepActivity } from "./keep-activity.ts";
import { effects } from "./record-effect.ts";

/** Records the effect of each task event exactly once. */
export const processor = defineConsumer(
  {
    group: consumerGroups.processor,
    retrySoon: topics.processorRetrySoon,
    retryLate: topics.processorRetryLate,
    deadLetter: topics.processorDeadLetter,
  },
  (database) => {
    const rows = new EventRows(database, effects);
    return {
      apply: (event) => rows.write(event),
      keep: (signal, logger) => keepActivity(database, signal, logger),
    };
  },
);
