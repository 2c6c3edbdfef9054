/** What an environment decides about one workload. */
export interface WorkloadSettings {
  /** `stopped` declares the workload without running a pod; the other settings apply when it starts. */
  readonly state: "running" | "stopped";
  readonly minReplicas: number;
  /** For a consumer group: at most the number of partitions of its topic. */
  readonly maxReplicas: number;
  /**
   * Pods that a voluntary disruption (node upgrade) must leave running of minReplicas; below it. With more replicas as many
   * may be missing, and all others stay. 0 where one replica is enough.
   */
  readonly keepAvailable: number;
  /** `require` schedules no pod that would make the zones uneven; `prefer` only tries. */
  readonly zoneSpread: "require" | "prefer";
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}
