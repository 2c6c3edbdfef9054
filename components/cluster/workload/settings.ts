/** What an environment decides about one workload. */
export interface WorkloadSettings {
  /** `stopped` declares everything of the workload and runs no pod; the other settings are those of its start. */
  readonly state: "running" | "stopped";
  readonly minReplicas: number;
  /** For a consumer group: at most the partitions of its topic. */
  readonly maxReplicas: number;
  /** Pods that a voluntary disruption (node upgrade) must leave running; below minReplicas. 0 where one replica is enough. */
  readonly keepAvailable: number;
  /** `require` refuses to schedule where zones would be uneven; `prefer` only tries. */
  readonly zoneSpread: "require" | "prefer";
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}
