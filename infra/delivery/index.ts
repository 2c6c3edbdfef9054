export { boundRoles, choicesOf, createPipelineRoles } from "./pipeline-roles.ts";
