import { group, number, type Settings, text, whole, word } from "../../base/core/settings.ts";

const resources = group({ cpu: text("500m"), memory: text("512Mi") });

/** Only catches a slip. */
const mostReplicas = 1_000;

/** What an environment decides about one workload. */
export const workloadSettings = group({
  /** `stopped` declares the workload without running a pod; the other settings apply when it starts. */
  state: word("running", "stopped"),
  minReplicas: number({ most: mostReplicas }),
  /** For a consumer group: at most the number of partitions of its topic. */
  maxReplicas: whole({ most: mostReplicas }),
  /**
   * Pods that a voluntary disruption (node upgrade) must leave running of minReplicas; below it. With more replicas as many
   * may be missing, and all others stay. 0 where one replica is enough.
   */
  keepAvailable: whole(),
  /** `require` schedules no pod that would make the zones uneven; `prefer` only tries. */
  zoneSpread: word("require", "prefer"),
  requests: resources,
  limits: resources,
});

export type WorkloadSettings = Settings<typeof workloadSettings>;
