import { groupsInUse, managedGroups, ownRules } from "./rule-groups.ts";
import type { FirewallSettings } from "./settings.ts";

/** Capacity units of a web ACL: what the price of a request includes, and what AWS allows at all. */
export const capacityLimits = { included: 1500, paid: 5000 } as const;

/** Shield Advanced puts a group of this size into the ACL to write its own answers to an attack in. */
const shieldCapacity = 150;

/** Units the rules of an environment take, with the sum as a reader checks it. */
export function capacityOf(settings: Pick<FirewallSettings, "extraGroups" | "shield">): {
  readonly total: number;
  readonly arithmetic: string;
} {
  const parts: [string, number][] = [
    ...Object.entries(ownRules).map(([key, rule]): [string, number] => [key, rule.capacity]),
    ...groupsInUse(settings.extraGroups).map((key): [string, number] => [key, managedGroups[key].capacity]),
    ...(settings.shield === "advanced" ? [["shield", shieldCapacity] as [string, number]] : []),
  ];
  return {
    total: parts.reduce((sum, [, units]) => sum + units, 0),
    arithmetic: parts.map(([key, units]) => `${key} ${units}`).join(" + "),
  };
}
