/** A Kafka version that MSK Standard brokers offer in KRaft mode. */
export interface KafkaVersion {
  /** Day MSK released it, as YYYY-MM-DD. */
  readonly releasedOn: string;
  /**
   * Last day of support, once AWS has published one. After that day AWS may upgrade the cluster at any time, and AWS
   * refuses new clusters some time before it.
   */
  readonly supportEndsOn?: string;
}

/**
 * Source: AWS, "Supported Apache Kafka versions", read in November 2026. ZooKeeper versions are left out: 4.0 has no
 * ZooKeeper, and a cluster cannot change its mode. 4.2 is for Express brokers only, which this block does not use.
 */
export const kafkaVersions: Readonly<Record<string, KafkaVersion>> = {
  "3.7.x.kraft": { releasedOn: "2024-05-29", supportEndsOn: "2026-09-01" },
  "3.8.x.kraft": { releasedOn: "2025-02-20" },
  "3.9.x.kraft": { releasedOn: "2025-04-21" },
  "4.0.x.kraft": { releasedOn: "2025-05-16" },
  "4.1.x.kraft": { releasedOn: "2025-10-15" },
};

/** Versions that a new cluster may use: those without a published end of support. */
export function usableKafkaVersions(): readonly string[] {
  return Object.entries(kafkaVersions)
    .filter(([, version]) => version.supportEndsOn === undefined)
    .map(([name]) => name);
}
