export { type EdgeArgs, type GrpcTarget, originHeader, type Reach, type RestTarget } from "./args.ts";
export { checkEdgeSettings } from "./check-args.ts";
export { Distribution, type DistributionArgs } from "./distribution.ts";
export { Edge } from "./edge.ts";
export type { DistributionSettings, EdgeSettings } from "./settings.ts";
