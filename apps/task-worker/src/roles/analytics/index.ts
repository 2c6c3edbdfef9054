import { consumerGroups, topics } from "@task-platform/contracts";
import { defineConsumer, EventRows } from "../consumer/index.ts";
import { counts } from "./count-event.ts";
import { keepStatistics } from "./keep-statistics.ts";
import { toCount } from "./to-count.ts";

/** Counts created and completed tasks for the statistics of each user and day. */
export const analytics = defineConsumer(
  {
    group: consumerGroups.analytics,
    retrySoon: topics.analyticsRetrySoon,
    retryLate: topics.analyticsRetryLate,
    deadLetter: topics.analyticsDeadLetter,
  },
  (database) => {
    const rows = new EventRows(database, counts);
    return {
      apply: async (event) => {
        const count = toCount(event);
        return count === undefined ? "ignored" : await rows.write(count);
      },
      keep: (signal, logger) => keepStatistics(database, signal, logger),
    };
  },
);
