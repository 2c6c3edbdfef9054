import {
  amount,
  flag,
  group,
  number,
  orWord,
  type Settings,
  text,
  whole,
  word,
} from "../../base/core/settings.ts";

/**
 * Old events are in a tier of S3 that the service manages, new events on the volumes.
 *
 * It is permanent: a cluster cannot be turned back, and a topic without its tier cannot get one again (MSK developer
 * guide, "Tiered storage for Standard brokers"). All versions of this block support it (3.6 and later). Compacted
 * topics do not, and there are none. A client that reads old events must not set `isolation.level` to `read_committed`
 * unless it uses transactions, and KafkaJS sets it by default.
 */
const tiering = group({
  /** Hours that events stay on the volumes; the retention of a topic covers both tiers together. */
  localRetentionHours: number(),
});

export type Tiering = Settings<typeof tiering>;

/** What an environment decides about Kafka (MSK). */
export const kafkaSettings = group({
  /** MSK version string such as "4.1.x.kraft". */
  version: text("4.1.x.kraft"),
  instanceType: text("kafka.m7g.large"),
  /** A multiple of the number of zones, and at least the replication factor of every topic. */
  brokers: whole(),
  storageGiBPerBroker: whole(),
  /** Ceiling of storage autoscaling per broker. */
  maxStorageGiBPerBroker: whole(),
  /** Whether old events move to S3. It cannot be turned off again. */
  tiering: orWord(tiering, "none"),
  monitoring: word("PER_BROKER", "PER_TOPIC_PER_BROKER"),
  /** JMX and node exporters on the brokers, scraped by Prometheus. */
  openMonitoring: flag(),
  logRetentionDays: number(),
  /** Average events per second that the storage must hold for the retention of the topics. */
  averageEventsPerSecond: amount({ most: 1_000_000 }), // A hundred times what the platform promises.
  /** Mean size of an event on disk, keys and headers included, after compression. */
  averageEventBytes: whole({ least: 1, most: 1_048_576 }), // Brokers refuse larger records (Kafka, message.max.bytes).
  /**
   * `source`: a replicator in another region reads this cluster; opens the private connectivity that MSK needs for it,
   * which costs money per hour. `copy`: a replicator writes the events of such a source to this cluster, so nothing else
   * may write to the topics or read them. `none`: neither.
   */
  replication: word("none", "source", "copy"),
});

export type KafkaSettings = Settings<typeof kafkaSettings>;
