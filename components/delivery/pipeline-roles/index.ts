export type { PipelineRolesArgs } from "./args.ts";
export { repositoryForm } from "./check.ts";
export { PipelineRoles, pipelineRolePath } from "./pipeline-roles.ts";
