export { checkNetworkSettings } from "./check-settings.ts";
export { Network, type NetworkArgs, type SubnetIds } from "./network.ts";
export type { InterfaceEndpointService, NatStrategy, NetworkSettings, ZoneSlot } from "./settings.ts";
export { cidrsOverlap, planSubnets } from "./subnet-plan.ts";
