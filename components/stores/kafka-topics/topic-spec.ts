/** A topic as plain data. */
export interface TopicSpec {
  readonly name: string;
  /** Can grow and never shrink; growing moves keys to other partitions. */
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly retentionHours: number;
  /**
   * Share of all events that this topic gets, 0 to 1; used for the storage arithmetic only.
   *
   * @default 1, so that a forgotten share is counted too high and never too low.
   */
  readonly shareOfEvents?: number;
}

const msPerHour = 3_600_000;

/** Configuration of a topic in the form of the service: JSON with string values, keys in a fixed order. */
export function topicConfigs(topic: TopicSpec, localRetentionHours?: number): string {
  const isTiered = localRetentionHours !== undefined;
  return JSON.stringify({
    "cleanup.policy": "delete",
    ...(isTiered ? { "local.retention.ms": String(localRetentionHours * msPerHour) } : {}),
    "min.insync.replicas": String(topic.minInSyncReplicas),
    ...(isTiered ? { "remote.storage.enable": "true" } : {}),
    "retention.ms": String(topic.retentionHours * msPerHour),
  });
}
