/** A group of rules that AWS writes and updates; no version is pinned, so that it follows new attacks. */
export interface ManagedGroup {
  readonly name: string;
  /** Place in the order of evaluation. Fixed per group, so that adding one moves no other. */
  readonly priority: number;
  /** Capacity units AWS counts for the group (DescribeManagedRuleGroup, 2026-09-05). */
  readonly capacity: number;
  /** Only where the environment asks for it. */
  readonly optional: boolean;
}

/**
 * Cheap tests of the sender come before tests of the content: what they refuse is never parsed. The anti-DDoS group
 * stands first of all, because it learns from the whole traffic.
 */
export const managedGroups = {
  "anti-ddos": { name: "AWSManagedRulesAntiDDoSRuleSet", priority: 5, capacity: 50, optional: true },
  "ip-reputation": {
    name: "AWSManagedRulesAmazonIpReputationList",
    priority: 40,
    capacity: 25,
    optional: false,
  },
  // Refuses VPNs and hosting providers too, so also customers behind them.
  "anonymous-sources": {
    name: "AWSManagedRulesAnonymousIpList",
    priority: 50,
    capacity: 50,
    optional: true,
  },
  "known-bad-inputs": {
    name: "AWSManagedRulesKnownBadInputsRuleSet",
    priority: 60,
    capacity: 200,
    optional: false,
  },
  common: { name: "AWSManagedRulesCommonRuleSet", priority: 70, capacity: 700, optional: false },
  sql: { name: "AWSManagedRulesSQLiRuleSet", priority: 80, capacity: 200, optional: false },
  linux: { name: "AWSManagedRulesLinuxRuleSet", priority: 90, capacity: 200, optional: true },
  posix: { name: "AWSManagedRulesUnixRuleSet", priority: 100, capacity: 100, optional: true },
} as const satisfies Readonly<Record<string, ManagedGroup>>;

export type GroupKey = keyof typeof managedGroups;
/** Groups an environment may add. */
export type OptionalGroup = {
  [Key in GroupKey]: (typeof managedGroups)[Key]["optional"] extends true ? Key : never;
}[GroupKey];

/** Rules of our own, with their place in the order and their capacity by AWS's table of statements. */
export const ownRules = {
  // One regular expression (3) over three text transformations (10 each).
  "hidden-paths": { priority: 10, capacity: 33 },
  // A size constraint (1) and a regular expression (3), one transformation each (10).
  "body-limit": { priority: 20, capacity: 24 },
  // A rate (2) that leaves an address set out (1).
  "rate-per-client": { priority: 30, capacity: 3 },
} as const;

export type OwnRuleKey = keyof typeof ownRules;
export type RuleKey = GroupKey | OwnRuleKey;

/** Groups of an environment in the order they are evaluated. */
export function groupsInUse(extra: readonly OptionalGroup[]): readonly GroupKey[] {
  const keys = Object.keys(managedGroups) as GroupKey[];
  return keys
    .filter((key) => !managedGroups[key].optional || extra.includes(key as OptionalGroup))
    .toSorted((a, b) => managedGroups[a].priority - managedGroups[b].priority);
}

/** Every rule an environment has, groups and our own. */
export function rulesInUse(extra: readonly OptionalGroup[]): readonly RuleKey[] {
  return [...(Object.keys(ownRules) as OwnRuleKey[]), ...groupsInUse(extra)];
}
