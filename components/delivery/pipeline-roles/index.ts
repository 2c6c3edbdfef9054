export type { PipelineRolesArgs } from "./args.ts";
export { PipelineRoles, pipelineRolePath } from "./pipeline-roles.ts";
