export { kubeconfigOf } from "./eks-cluster/index.ts";
export {
  deployProblems,
  planEnvironment,
  readStackFile,
  repositoryRoot,
  stackNames,
  unknownEnvironment,
} from "./environment/index.ts";
export { resolveOutputs } from "./graph/index.ts";
export type { Plan, PlanMode, PlannedResource } from "./model/index.ts";
export { planProgram } from "./monitor/index.ts";
export { unknown, unwrap } from "./protocol/index.ts";
export {
  type Finding,
  joinRows,
  problemLine,
  type Row,
  reachability,
  toRows,
} from "./reachability/index.ts";

export { digestText, explicitOrder, inventory, maskPaths, planDigest, summary } from "./reports/index.ts";
