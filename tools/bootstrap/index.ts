export { boundaryPolicy } from "./documents.ts";
export { type Invocation, readOptions } from "./options.ts";
export { type CommandResult, printSteps, type RunCommand, runSteps } from "./run.ts";
export { type BootstrapOptions, bootstrapSteps, type Step, stateBucket } from "./steps.ts";
