export type { DistributionArgs } from "./args.ts";
export { Distribution } from "./distribution.ts";
export type { DistributionSettings } from "./settings.ts";
