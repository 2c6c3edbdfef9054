export {
  deployProblems,
  type EnvironmentOptions,
  planEnvironment,
  readStackFile,
  repositoryRoot,
  type StackFile,
  stackNames,
} from "./environment/index.ts";
export type { Plan, PlanMode, PlannedOptions, PlannedResource, PlanOptions } from "./model/index.ts";
export { planProgram } from "./monitor/index.ts";
export type { OutputContext, OutputOverrides, OutputTable } from "./outputs/index.ts";
export { digestText, inventory, maskPaths, planDigest, summary } from "./reports/index.ts";
