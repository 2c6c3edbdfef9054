export { judgedResources } from "./judged-resources.ts";
export { earlyLinkedRoles, linkedRoleQuestion } from "./linked-roles.ts";
export { readOptions } from "./options.ts";
export { boundaryPolicy } from "./policy-documents.ts";
export { printSteps } from "./print.ts";
export { runSteps } from "./run.ts";
export { bootstrapSteps } from "./steps.ts";
