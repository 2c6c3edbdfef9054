export { digestText, maskPaths, planDigest } from "./digest.ts";
export { deployProblems, type EnvironmentOptions, planEnvironment, repositoryRoot } from "./environment.ts";
export { inventory } from "./inventory.ts";
export type { OutputContext, OutputOverrides, OutputTable } from "./outputs/index.ts";
export { planProgram } from "./run.ts";
export { readStackFile, type StackFile, stackNames } from "./stack-file.ts";
export { summary } from "./summary.ts";
export type { Plan, PlanMode, PlannedOptions, PlannedResource, PlanOptions } from "./types.ts";
