import { groupsInUse, managedGroups, ownRules } from "./rule-groups.ts";
import { type FirewallSettings, usesShieldAdvanced } from "./settings.ts";

/** Capacity units of a web ACL: those that the price per request includes, and the most that AWS allows. */
export const capacityUnitLimits = { included: 1500, paid: 5000 } as const;

/** Shield Advanced adds a rule group of this size to the ACL for its automatic response. */
const shieldCapacityUnits = 150;

/** Capacity units of the rules of an environment, and the sum as text for error messages. */
export function capacityUnitsOf(settings: Pick<FirewallSettings, "extraGroups" | "shield">): {
  readonly total: number;
  readonly arithmetic: string;
} {
  const parts: [string, number][] = [
    ...Object.entries(ownRules).map(([key, rule]): [string, number] => [key, rule.capacityUnits]),
    ...groupsInUse(settings.extraGroups).map((key): [string, number] => [
      key,
      managedGroups[key].capacityUnits,
    ]),
    ...(usesShieldAdvanced(settings) ? [["shield", shieldCapacityUnits] as [string, number]] : []),
  ];
  return {
    total: parts.reduce((sum, [, units]) => sum + units, 0),
    arithmetic: parts.map(([key, units]) => `${key} ${units}`).join(" + "),
  };
}
