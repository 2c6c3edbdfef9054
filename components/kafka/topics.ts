/** A topic as plain data. */
export interface TopicSpec {
  readonly name: string;
  /** Can grow and never shrink; growing moves keys to other partitions. */
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly retentionHours: number;
  /**
   * Part of all events that ends in this topic, 0 to 1; used for the storage arithmetic only.
   *
   * @default 1, so that a topic nobody thought about is counted too high rather than too low.
   */
  readonly shareOfEvents?: number;
}

const msPerHour = 3_600_000;

/** Configuration of a topic as the service takes it: JSON with string values, keys in a fixed order. */
export function topicConfigs(topic: TopicSpec): string {
  return JSON.stringify({
    "cleanup.policy": "delete",
    "min.insync.replicas": String(topic.minInSyncReplicas),
    "retention.ms": String(topic.retentionHours * msPerHour),
  });
}
