export type { NetworkArgs } from "./args.ts";
export { checkNetworkSettings } from "./check.ts";
export { Network } from "./network.ts";
export { blocksPublicAccess, type NetworkSettings } from "./settings.ts";
export { cidrsOverlap, planSubnets } from "./subnet-plan.ts";
