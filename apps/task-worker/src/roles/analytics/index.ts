import { consumerGroups, topics } from "@task-platform/contracts";
import { defineConsumer } from "../consumer/index.ts";
import { Counts } from "./count-event.ts";
import { keepStatistics } from "./keep-statistics.ts";

/** Counts created and completed tasks for the statistics of each user and day. */
export const analytics = defineConsumer(
  { group: consumerGroups.analytics, deadLetter: topics.analyticsDeadLetter },
  (database) => {
    const counts = new Counts(database);
    return {
      apply: (event) => counts.count(event),
      keep: (signal, logger) => keepStatistics(database, signal, logger),
    };
  },
);
