export type { ClusterArgs } from "./args.ts";
export { checkClusterSettings, isApiServerCaller, isPublicRange } from "./check.ts";
export { Cluster } from "./cluster.ts";
export type { ClusterSettings } from "./settings.ts";
