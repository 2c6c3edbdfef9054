export type { DistributionArgs } from "./args.ts";
export { Distribution, originReadTimeoutSeconds } from "./distribution.ts";
export type { DistributionSettings } from "./settings.ts";
