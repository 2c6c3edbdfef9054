import { consumerGroups, database, topics } from "@task-platform/contracts";
import type { WorkloadRole } from "../role.ts";
import { workerEgress } from "../traffic.ts";
import { topicName } from "../variables.ts";

/** Consumer group `task-processor`: records one effect per event. */
export const processor: WorkloadRole = {
  key: "processor",
  name: "task-processor",
  mustRun: { on: "primary", because: "events would wait in Kafka until the retention deletes them" },
  image: "taskWorkerImage",
  args: ["apps/task-worker/src/main.ts", "processor"],
  nodePool: "worker",
  urgency: "worker",
  mostReplicas: topics.taskEvents.partitions, // One consumer per partition.
  database: {
    role: database.roles.processor,
    poolSize: 10, // One for the transactions of each of six partitions, and a reserve for lanes by key.
    directConnections: 0,
  },
  kafka: {
    produces: [topics.processorDeadLetter.name],
    consumes: [topics.taskEvents.name],
    groups: [consumerGroups.processor],
    retries: [topics.processorRetrySoon.name, topics.processorRetryLate.name],
  },
  cache: false,
  secretFiles: true,
  ports: [],
  preStopSeconds: 1,
  variables: ({ data }) => ({
    CONSUMER_GROUP: consumerGroups.processor,
    TOPIC_TASK_EVENTS: topicName(data, topics.taskEvents.name),
    TOPIC_RETRY_SOON: topicName(data, topics.processorRetrySoon.name),
    TOPIC_RETRY_LATE: topicName(data, topics.processorRetryLate.name),
    TOPIC_DEAD_LETTER: topicName(data, topics.processorDeadLetter.name),
  }),
  ingress: (traffic) => [traffic.fromCollector],
  egress: workerEgress,
};
