export type { NetworkArgs } from "./args.ts";
export { checkNetworkSettings } from "./check.ts";
export { Network } from "./network.ts";
export type { NetworkSettings } from "./settings.ts";
export { cidrsOverlap, planSubnets } from "./subnet-plan.ts";
