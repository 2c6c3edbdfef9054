export { api } from "./api.ts";
export { createWorkloads, type Deployments } from "./create.ts";
export type { WorkloadRole } from "./role.ts";
export { workloadRoles } from "./table.ts";
