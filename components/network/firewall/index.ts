export { capacityLimits, capacityOf } from "./capacity.ts";
export { checkFirewallSettings } from "./check-args.ts";
export { Firewall, type FirewallArgs } from "./firewall.ts";
export type { OptionalGroup, RuleKey } from "./rule-groups.ts";
export type { FirewallScope, FirewallSettings } from "./settings.ts";
export { createShield, type ShieldArgs } from "./shield.ts";
