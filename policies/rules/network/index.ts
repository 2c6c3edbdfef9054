import type { Rule } from "../../kit/index.ts";
import { dnsRules } from "./dns.ts";
import { endpointRules } from "./endpoints.ts";
import { firewallRules } from "./firewall.ts";
import { firewallLogRules } from "./firewall-logs.ts";
import { loadBalancerRules } from "./load-balancers.ts";
import { networkRules } from "./network.ts";
import { routeRules } from "./routes.ts";
import { securityGroupHygieneRules } from "./security-group-hygiene.ts";
import { securityGroupRules } from "./security-groups.ts";
import { subnetRules } from "./subnets.ts";
import { targetRules } from "./targets.ts";

/** Rules for the network, its edge and its firewall. */
export const networkWardRules: readonly Rule[] = [
  ...dnsRules,
  ...endpointRules,
  ...firewallLogRules,
  ...firewallRules,
  ...loadBalancerRules,
  ...networkRules,
  ...routeRules,
  ...securityGroupHygieneRules,
  ...securityGroupRules,
  ...subnetRules,
  ...targetRules,
];
