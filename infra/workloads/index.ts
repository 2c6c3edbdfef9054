export { createWorkloads, type Deployments } from "./create.ts";
export type { WorkloadRole } from "./role.ts";
export { api, workloadRoles } from "./roles/index.ts";
