export { type Invocation, readOptions } from "./options.ts";
export { boundaryPolicy } from "./policy-documents.ts";
export { type CommandResult, printSteps, type RunCommand, runSteps } from "./run.ts";
export { bootstrapSteps } from "./steps.ts";
export type { BootstrapOptions, Step } from "./types.ts";
