export type { Traffic, WorkloadArgs } from "./args.ts";
export { checkWorkloadSettings, type WorkloadLimits } from "./check.ts";
export { Migration } from "./migration.ts";
export { createNetworkPolicy } from "./network-policy.ts";
export { cpuMillis, memoryBytes, nodeOptions } from "./quantities.ts";
export { mostPodsOf } from "./rollout.ts";
export type { WorkloadSettings } from "./settings.ts";
export { Workload } from "./workload.ts";
