import { database, topics } from "@task-platform/contracts";
import type { WorkloadRole } from "../role.ts";
import { workerEgress } from "../traffic.ts";
import { topicName } from "../variables.ts";

/** Publishes the outbox to Kafka, in order per user. Shards are partitions of the topic. */
export const relay: WorkloadRole = {
  key: "relay",
  name: "task-relay",
  mustRun: { on: "primary", because: "events would wait in the outbox, and no other role publishes them" },
  image: "taskWorkerImage",
  args: ["apps/task-worker/src/main.ts", "relay"],
  nodePool: "worker",
  urgency: "worker",
  mostReplicas: topics.taskEvents.partitions, // One replica per shard.
  database: {
    role: database.roles.relay,
    poolSize: 8, // At most six shards publish at once, and two connections serve the metrics.
    directConnections: topics.taskEvents.partitions + 1, // One advisory lock per shard, and one that listens for new rows.
  },
  kafka: { produces: [topics.taskEvents.name], consumes: [], groups: [] },
  cache: false,
  secretFiles: true,
  ports: [],
  preStopSeconds: 1,
  variables: ({ data }) => ({ TOPIC_TASK_EVENTS: topicName(data, topics.taskEvents.name) }),
  ingress: (traffic) => [traffic.fromCollector],
  egress: workerEgress,
};
