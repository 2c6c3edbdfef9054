import { consumerGroups, database, topics } from "@task-platform/contracts";
import type { WorkloadRole } from "../role.ts";
import { workerEgress } from "../traffic.ts";
import { topicName } from "../variables.ts";

/** Consumer group `task-analytics`: counts what the statistics of each user show. */
export const analytics: WorkloadRole = {
  key: "analytics",
  name: "task-analytics",
  mustRun: { on: "primary", because: "events would wait in Kafka until the retention deletes them" },
  image: "taskWorkerImage",
  args: ["apps/task-worker/src/main.ts", "analytics"],
  nodePool: "worker",
  urgency: "worker",
  mostReplicas: topics.taskEvents.partitions, // One consumer per partition.
  database: {
    role: database.roles.analytics,
    poolSize: 4, // Two batches at once, the upkeep, and the readiness probe.
    directConnections: 0,
  },
  kafka: {
    produces: [topics.analyticsDeadLetter.name],
    consumes: [topics.taskEvents.name],
    groups: [consumerGroups.analytics],
    retries: [topics.analyticsRetrySoon.name, topics.analyticsRetryLate.name],
    behind: "ticket", // Late statistics wake nobody.
  },
  cache: false,
  secretFiles: true,
  ports: [],
  preStopSeconds: 1,
  variables: ({ data }) => ({
    CONSUMER_GROUP: consumerGroups.analytics,
    TOPIC_TASK_EVENTS: topicName(data, topics.taskEvents.name),
    TOPIC_RETRY_SOON: topicName(data, topics.analyticsRetrySoon.name),
    TOPIC_RETRY_LATE: topicName(data, topics.analyticsRetryLate.name),
    TOPIC_DEAD_LETTER: topicName(data, topics.analyticsDeadLetter.name),
  }),
  ingress: (traffic) => [traffic.fromCollector],
  egress: workerEgress,
};
