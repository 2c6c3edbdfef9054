import { group, list, number, type Settings, text, word } from "../../base/core/settings.ts";
import { optionalGroups, ruleKeys } from "./rule-groups.ts";

/** Windows of a rate rule that WAF supports. */
export const rateWindows = [60, 120, 300, 600] as const;

/** What an environment decides about the firewall in front of the API (WAFv2). */
export const firewallSettings = group({
  /** `count` only records requests that would be refused. Start a new rule set with it. */
  mode: word("count", "block"),
  /** Rules that only count while the others block. Empty after they have been watched for a week. */
  watchedRules: list(word(...ruleKeys)),
  /** Rule groups of AWS in addition to the four that are always there. */
  extraGroups: list(word(...optionalGroups)),
  requestsPerMinutePerClient: number(),
  /** Window in which requests are counted. 60 reacts fastest; a longer window allows short bursts. */
  rateWindowSeconds: word(...rateWindows),
  /** Sources without a rate limit, such as load generators. The other rules still apply to them. */
  exemptCidrs: list(text("198.18.7.0/24")),
  /** Largest body that passes. The API has a limit of its own, which may be smaller. */
  maxBodyBytes: number(),
  /** `included`: 1,500 units, in the price of a request. `paid`: 5,000 units; AWS charges each further 500 per request. */
  capacityUnits: word("included", "paid"),
  /** `decisions` logs only requests that were refused or counted. `everything` costs as much as the traffic. */
  logs: word("decisions", "everything"),
  logRetentionDays: number(),
  /** Refused requests per minute, for five minutes, that raise the alarm. */
  alarmAboveBlockedPerMinute: number({ most: 1_000_000_000 }), // Only catches a slip.
  /** `advanced` needs a Shield Advanced subscription (3,000 USD per month, for a year), which a person makes by hand. */
  shield: word("standard", "advanced"),
});

export type FirewallSettings = Settings<typeof firewallSettings>;

/** What a web ACL protects: load balancers of one region, or a CloudFront distribution. */
export type FirewallScope = "regional" | "cloudfront";

/** Whether resources behind the firewall have Shield Advanced. */
export function usesShieldAdvanced({ shield }: Pick<FirewallSettings, "shield">): boolean {
  return shield === "advanced";
}
