/** A rule group of AWS. No version is pinned, so that AWS can update it for new attacks. */
export interface ManagedGroup {
  readonly name: string;
  /** Position in the order of evaluation. Fixed per group, so that a new group moves no other. */
  readonly priority: number;
  /** From DescribeManagedRuleGroup, 2026-09-05. */
  readonly capacityUnits: number;
  /** Whether an environment has it only when its settings ask for it. */
  readonly optional: boolean;
}

/**
 * Cheap checks of the sender come before checks of the content, which then parse fewer requests. The anti-DDoS group is
 * first, because it learns from the whole traffic.
 */
export const managedGroups = {
  "anti-ddos": { name: "AWSManagedRulesAntiDDoSRuleSet", priority: 5, capacityUnits: 50, optional: true },
  "ip-reputation": {
    name: "AWSManagedRulesAmazonIpReputationList",
    priority: 40,
    capacityUnits: 25,
    optional: false,
  },
  // Also refuses VPNs and hosting providers, and so customers behind them.
  "anonymous-sources": {
    name: "AWSManagedRulesAnonymousIpList",
    priority: 50,
    capacityUnits: 50,
    optional: true,
  },
  "known-bad-inputs": {
    name: "AWSManagedRulesKnownBadInputsRuleSet",
    priority: 60,
    capacityUnits: 200,
    optional: false,
  },
  common: { name: "AWSManagedRulesCommonRuleSet", priority: 70, capacityUnits: 700, optional: false },
  sql: { name: "AWSManagedRulesSQLiRuleSet", priority: 80, capacityUnits: 200, optional: false },
  linux: { name: "AWSManagedRulesLinuxRuleSet", priority: 90, capacityUnits: 200, optional: true },
  posix: { name: "AWSManagedRulesUnixRuleSet", priority: 100, capacityUnits: 100, optional: true },
} as const satisfies Readonly<Record<string, ManagedGroup>>;

export type GroupKey = keyof typeof managedGroups;
/** Groups an environment may add. */
export type OptionalGroup = {
  [Key in GroupKey]: (typeof managedGroups)[Key]["optional"] extends true ? Key : never;
}[GroupKey];

const groupKeys = Object.keys(managedGroups) as GroupKey[];
export const optionalGroups = groupKeys.filter((key) => managedGroups[key].optional) as OptionalGroup[];

/** Our own rules, with their priority and their capacity units by AWS's table of statements. */
export const ownRules = {
  // One regular expression (3) over three text transformations (10 each).
  "hidden-paths": { priority: 10, capacityUnits: 33 },
  // A size constraint (1) and a regular expression (3), one transformation each (10).
  "body-limit": { priority: 20, capacityUnits: 24 },
  // A rate (2) with an excluded IP set (1).
  "rate-per-client": { priority: 30, capacityUnits: 3 },
  // Seven labels at most (1 each), a regular expression (3) and a transformation (10). After the groups that set the labels.
  "code-in-bodies": { priority: 110, capacityUnits: 20 },
} as const;

export type OwnRuleKey = keyof typeof ownRules;
export type RuleKey = GroupKey | OwnRuleKey;

const ownRuleKeys = Object.keys(ownRules) as OwnRuleKey[];
export const ruleKeys: readonly RuleKey[] = [...ownRuleKeys, ...groupKeys];

/** Rule groups of an environment in the order of evaluation. */
export function groupsInUse(extra: readonly OptionalGroup[]): readonly GroupKey[] {
  return groupKeys
    .filter((key) => !managedGroups[key].optional || extra.includes(key as OptionalGroup))
    .toSorted((a, b) => managedGroups[a].priority - managedGroups[b].priority);
}

/** All rules of an environment: our own and rule groups. */
export function rulesInUse(extra: readonly OptionalGroup[]): readonly RuleKey[] {
  return [...ownRuleKeys, ...groupsInUse(extra)];
}
