import type { OptionalGroup, RuleKey } from "./rule-groups.ts";

/** What an environment decides about the firewall in front of the API (WAFv2). */
export interface FirewallSettings {
  /** `count` only records requests that would be refused. Start a new rule set with it. */
  readonly mode: "count" | "block";
  /** Rules that only count while the others block. Empty after they have been watched for a week. */
  readonly watchedRules: readonly RuleKey[];
  /** Rule groups of AWS in addition to the four that are always there. */
  readonly extraGroups: readonly OptionalGroup[];
  readonly requestsPerMinutePerClient: number;
  /** Window in which requests are counted. 60 reacts fastest; a longer window allows short bursts. */
  readonly rateWindowSeconds: 60 | 120 | 300 | 600;
  /** Sources without a rate limit, such as load generators. The other rules still apply to them. */
  readonly exemptCidrs: readonly string[];
  /** Largest body that the API accepts: the same number as in the API. */
  readonly maxBodyBytes: number;
  /** `included`: 1,500 units, in the price of a request. `paid`: 5,000 units; AWS charges each further 500 per request. */
  readonly capacityUnits: "included" | "paid";
  /** `decisions` logs only requests that were refused or counted. `everything` costs as much as the traffic. */
  readonly logs: "decisions" | "everything";
  readonly logRetentionDays: number;
  /** Refused requests per minute, for five minutes, that raise the alarm. */
  readonly alarmAboveBlockedPerMinute: number;
  /** `advanced` needs a Shield Advanced subscription (3,000 USD per month, for a year), which a person makes by hand. */
  readonly shield: "standard" | "advanced";
}

/** What a web ACL protects: load balancers of one region, or a CloudFront distribution. */
export type FirewallScope = "regional" | "cloudfront";

/** Whether resources behind the firewall have Shield Advanced. */
export function usesShieldAdvanced({ shield }: Pick<FirewallSettings, "shield">): boolean {
  return shield === "advanced";
}
