import type { OptionalGroup, RuleKey } from "./rule-groups.ts";

/** What an environment decides about the firewall in front of the API (WAFv2). */
export interface FirewallSettings {
  /** `count` only records what would have been refused: how a rule set is met for the first time. */
  readonly mode: "count" | "block";
  /** Rules that still only count while the rest blocks; empty once they have been watched for a week. */
  readonly watchedRules: readonly RuleKey[];
  /** Managed groups beyond the four that are always there. */
  readonly extraGroups: readonly OptionalGroup[];
  readonly requestsPerMinutePerClient: number;
  /** How far back the rate is looked at. 60 reacts fastest; a longer window forgives short bursts. */
  readonly rateWindowSeconds: 60 | 120 | 300 | 600;
  /** Sources the rate rule leaves alone, such as load generators. The other rules still apply to them. */
  readonly exemptCidrs: readonly string[];
  /** The largest body the API accepts; the same number as in the API. */
  readonly maxBodyBytes: number;
  /** `included`: 1,500 capacity units, in the price of a request. `paid`: 5,000, each further 500 charged per request. */
  readonly capacity: "included" | "paid";
  /** `decisions`: only requests that were refused or counted. `everything` costs as much as the traffic. */
  readonly logs: "decisions" | "everything";
  readonly logRetentionDays: number;
  /** Refused requests a minute, five minutes long, that wake somebody. */
  readonly alarmAboveBlockedPerMinute: number;
  /** `advanced` needs the account's Shield Advanced subscription (3,000 USD a month, for a year), made by hand. */
  readonly shield: "standard" | "advanced";
}

/** Where a web ACL stands: at a load balancer of one region, or at CloudFront's edge. */
export type FirewallScope = "regional" | "cloudfront";
