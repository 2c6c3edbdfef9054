export { maskPaths, planDigest } from "./digest.ts";
export { inventory } from "./inventory.ts";
export type { OutputContext, OutputOverrides, OutputTable } from "./outputs/index.ts";
export { planProgram } from "./run.ts";
export { summary } from "./summary.ts";
export type { Plan, PlanMode, PlannedOptions, PlannedResource, PlanOptions } from "./types.ts";
