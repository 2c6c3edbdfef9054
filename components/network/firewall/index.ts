export type { FirewallArgs } from "./args.ts";
export { checkFirewallSettings } from "./check.ts";
export { Firewall } from "./firewall.ts";
export type { OptionalGroup, RuleKey } from "./rule-groups.ts";
export type { FirewallScope, FirewallSettings } from "./settings.ts";
export { createShield } from "./shield.ts";
