export { AdmissionPolicy, type AdmissionPolicyArgs } from "./admission.ts";
export { checkWorkloadSettings, type WorkloadLimits } from "./check-settings.ts";
export { Migration, type MigrationArgs } from "./migration.ts";
export { WorkloadNamespace, type WorkloadNamespaceArgs } from "./namespace.ts";
export { createNetworkPolicy, type Traffic } from "./network-policy.ts";
export { PriorityClasses, type PriorityClassesArgs, type Urgency } from "./priority-classes.ts";
export { cpuMillis, memoryBytes } from "./quantities.ts";
export type { WorkloadSettings } from "./settings.ts";
export { Workload, type WorkloadArgs } from "./workload.ts";
