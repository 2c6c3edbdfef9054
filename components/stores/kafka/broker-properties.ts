/**
 * Properties every broker runs with. They never differ between environments: what is safe for data is safe
 * everywhere, and a property that only production has is found out only in production.
 *
 * Absent on purpose: `allow.everyone.if.no.acl.found` speaks of Kafka ACLs, which IAM authorization replaces, and a
 * value of `false` without ACLs locks everybody out where a second listener is opened later. Thread counts stay with
 * the service, which sizes them by broker class.
 */
const properties: Readonly<Record<string, string | number | boolean>> = {
  // A misspelt topic must fail, not appear with default settings and no consumer.
  "auto.create.topics.enable": false,
  // For topics that say nothing, such as those of tools: three copies, and two must hold a write before it counts.
  "default.replication.factor": 3,
  "min.insync.replicas": 2,
  // As many as consumers the platform allows; one partition would cap a group at one consumer.
  "num.partitions": 6,
  // 7 days, for topics that say nothing.
  "log.retention.hours": 168,
  // The state consumer groups and transactions live on must survive a broker as the data does.
  "offsets.topic.replication.factor": 3,
  // A week without commits must not forget where a group was; as long as the data is kept, and a week on top.
  "offsets.retention.minutes": 20_160,
  "transaction.state.log.min.isr": 2,
  "transaction.state.log.replication.factor": 3,
  // Lets consumers read from the copy in their own zone (`client.rack`), which saves transfer between zones.
  "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector",
  // A copy that lags must not become leader: that would lose acknowledged events. Unavailable is better than wrong.
  "unclean.leader.election.enable": false,
};

/** The text of `server.properties`, sorted, one property a line. */
export function brokerProperties(): string {
  return Object.entries(properties)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
