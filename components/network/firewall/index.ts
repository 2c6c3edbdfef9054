export type { FirewallArgs } from "./args.ts";
export { checkFirewallSettings } from "./check.ts";
export { Firewall } from "./firewall.ts";

export { usesShieldAdvanced } from "./settings.ts";
export { createShield } from "./shield.ts";
