export { boundRoles, createPipelineRoles } from "./pipeline-roles.ts";
