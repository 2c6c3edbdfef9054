export {
  planEnvironment,
  readStackFile,
  repositoryRoot,
  stackNames,
  unknownEnvironment,
} from "./environment/index.ts";
export type { Plan, PlanMode, PlannedResource } from "./model/index.ts";
export { planProgram } from "./monitor/index.ts";

export { digestText, inventory, maskPaths, planDigest, summary } from "./reports/index.ts";
