import { consumerGroups, topics } from "@task-platform/contracts";
import { defineConsumer } from "../consumer/index.ts";
import { keepActivity } from "./keep-activity.ts";
import { Effects } from "./record-effect.ts";

/** Records the effect of each task event exactly once. */
export const processor = defineConsumer(
  { group: consumerGroups.processor, deadLetter: topics.processorDeadLetter },
  (database) => {
    const effects = new Effects(database);
    return {
      apply: (event) => effects.record(event),
      keep: (signal, logger) => keepActivity(database, signal, logger),
    };
  },
);
