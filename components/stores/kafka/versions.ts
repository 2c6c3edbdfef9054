/** A Kafka version that MSK Standard brokers offer in KRaft mode. */
export interface KafkaVersion {
  /** Day MSK released it, as YYYY-MM-DD. */
  readonly releasedOn: string;
  /**
   * Day its support ends, once AWS has published one. After that day AWS upgrades the cluster whenever it likes,
   * and new clusters are refused some time before.
   */
  readonly supportEndsOn?: string;
}

/**
 * Source: AWS, "Supported Apache Kafka versions", read in November 2026. ZooKeeper versions are left out: 4.0 has
 * none, and a cluster cannot change its mode. 4.2 is for Express brokers only, which this block does not build.
 */
export const kafkaVersions: Readonly<Record<string, KafkaVersion>> = {
  "3.7.x.kraft": { releasedOn: "2024-05-29", supportEndsOn: "2026-09-01" },
  "3.8.x.kraft": { releasedOn: "2025-02-20" },
  "3.9.x.kraft": { releasedOn: "2025-04-21" },
  "4.0.x.kraft": { releasedOn: "2025-05-16" },
  "4.1.x.kraft": { releasedOn: "2025-10-15" },
};

/** Versions without a published end of support: what a new cluster may use. */
export function usableKafkaVersions(): readonly string[] {
  return Object.entries(kafkaVersions)
    .filter(([, version]) => version.supportEndsOn === undefined)
    .map(([name]) => name);
}
