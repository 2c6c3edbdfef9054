export { judgedResources } from "./image-resources.ts";
export { earlyLinkedRoles, linkedRoleQuestion } from "./linked-roles.ts";
export { readOptions } from "./options.ts";
export { boundaryPolicy } from "./policy-documents.ts";
export { printSteps, runSteps } from "./run.ts";
export { bootstrapSteps } from "./steps.ts";
