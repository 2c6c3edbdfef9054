/**
 * Properties of every broker, the same in all environments: the errors of a property that only production has appear
 * only in production.
 *
 * `allow.everyone.if.no.acl.found` is absent on purpose: it controls Kafka ACLs, which IAM authorization replaces, and
 * `false` without ACLs would lock all clients out of a second listener. Thread counts are absent too, because the
 * service sets them by broker class.
 */
const properties: Readonly<Record<string, string | number | boolean>> = {
  // A misspelt topic must fail, not be created with default settings and no consumer.
  "auto.create.topics.enable": false,
  // For topics without settings of their own, such as those of tools: two of three copies confirm a write.
  "default.replication.factor": 3,
  "min.insync.replicas": 2,
  // The most consumers that the platform allows per group; with one partition a group has one active consumer.
  "num.partitions": 6,
  // 7 days, for topics without settings of their own.
  "log.retention.hours": 168,
  // The state of consumer groups and transactions must survive the loss of a broker, like the data.
  "offsets.topic.replication.factor": 3,
  // 14 days: the retention of the data plus one week, so that a group keeps its offsets after a week without commits.
  "offsets.retention.minutes": 20_160,
  "transaction.state.log.min.isr": 2,
  "transaction.state.log.replication.factor": 3,
  // Lets consumers read from the copy in their own zone (`client.rack`), which saves traffic between zones.
  "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector",
  // A copy that lags must not become leader, because that loses acknowledged events. Unavailable is better than wrong.
  "unclean.leader.election.enable": false,
};

/** The text of `server.properties`, sorted, one property per line. */
export function brokerProperties(): string {
  return Object.entries(properties)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
