import type { Tiering } from "./tiering.ts";

/** What an environment decides about Kafka (MSK). */
export interface KafkaSettings {
  /** MSK version string such as "4.1.x.kraft". */
  readonly version: string;
  readonly instanceType: string;
  /** A multiple of the number of zones, and at least the replication factor of every topic. */
  readonly brokers: number;
  readonly storageGiBPerBroker: number;
  /** Ceiling of storage autoscaling per broker. */
  readonly maxStorageGiBPerBroker: number;
  /** Where events go when they get old: nowhere, or to S3. There is no way back. */
  readonly tiering: "none" | Tiering;
  readonly monitoring: "PER_BROKER" | "PER_TOPIC_PER_BROKER";
  /** JMX and node exporters on the brokers, scraped by Prometheus. */
  readonly openMonitoring: boolean;
  readonly logRetentionDays: number;
  /** Average events a second the storage must hold for the retention of the topics. */
  readonly averageEventsPerSecond: number;
  /** Mean size of an event on disk, keys and headers included, after compression. */
  readonly averageEventBytes: number;
  /**
   * `source`: a `Replicator` of another region reads this cluster; opens the private way in that MSK needs for it, at a
   * price by the hour. `copy`: events of such a source come in here, so nobody else may write to the topics or read
   * them. `none`: neither.
   */
  readonly replication: "none" | "source" | "copy";
}
