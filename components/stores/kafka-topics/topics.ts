import type { KafkaSettings } from "./settings.ts";

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
export function topicConfigs(topic: TopicSpec, { tiering }: Pick<KafkaSettings, "tiering">): string {
  const local =
    tiering === "none" ? {} : { "local.retention.ms": String(tiering.localRetentionHours * msPerHour) };
  return JSON.stringify({
    "cleanup.policy": "delete",
    ...local,
    "min.insync.replicas": String(topic.minInSyncReplicas),
    ...(tiering === "none" ? {} : { "remote.storage.enable": "true" }),
    "retention.ms": String(topic.retentionHours * msPerHour),
  });
}
