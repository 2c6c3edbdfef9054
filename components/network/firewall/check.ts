import { isWhole, logRetentionProblems, type Problem, parseRange, under } from "../../base/core/index.ts";
import type { FirewallArgs } from "./args.ts";
import { capacityUnitLimits, capacityUnitsOf } from "./capacity-units.ts";
import { rulesInUse } from "./rule-groups.ts";
import { rateLimit } from "./rules.ts";
import { type FirewallSettings, rateWindows } from "./settings.ts";

/** Shortest prefix of an exemption: 65,536 addresses. Shorter prefixes are whole providers. */
const widestExemption = 16;

/** All problems of the firewall settings of an environment. */
export function checkFirewallSettings(settings: FirewallSettings): Problem[] {
  return [
    ...rateProblems(settings),
    ...settings.exemptCidrs.flatMap((cidr, at) => exemptionProblems(cidr, at)),
    ...watchedProblems(settings),
    ...numberProblems(settings),
    ...capacityUnitProblems(settings),
  ];
}

/** All problems of the arguments of the block, including its settings. */
export function checkFirewallArgs(name: string, args: FirewallArgs): Problem[] {
  return [
    ...under("settings", checkFirewallSettings(args.settings)),
    ...nameProblems(`${args.prefix}-${name}`),
    ...scopeProblems(args),
  ];
}

function rateProblems(settings: FirewallSettings): Problem[] {
  const { requestsPerMinutePerClient: perMinute, rateWindowSeconds: window } = settings;
  const problems: Problem[] = [];
  if (!rateWindows.includes(window)) {
    problems.push({
      argument: "rateWindowSeconds",
      given: String(window),
      allowed: "60, 120, 300 or 600",
      fix: "use a window that WAF supports",
    });
  }
  // The bounds of a rate limit in WAF.
  if (!Number.isInteger(perMinute) || !isWhole(rateLimit(settings), 10, 2_000_000_000)) {
    problems.push({
      argument: "requestsPerMinutePerClient",
      given: `${perMinute} (${rateLimit(settings)} in ${window} s)`,
      allowed: "a whole number that gives 10 to 2,000,000,000 in the window",
      fix: "change the rate or rateWindowSeconds",
    });
  }
  return problems;
}

function exemptionProblems(cidr: string, at: number): Problem[] {
  if ((parseRange(cidr)?.prefix ?? 0) >= widestExemption) return [];
  return [
    {
      argument: `exemptCidrs[${at}]`,
      given: `"${cidr}"`,
      allowed: `an IPv4 range of /${widestExemption} to /32`,
      fix: "list the sources one by one; sources in a wide range have no limit at all",
    },
  ];
}

function watchedProblems(settings: FirewallSettings): Problem[] {
  const known = rulesInUse(settings.extraGroups);
  return settings.watchedRules
    .filter((key) => !known.includes(key))
    .map((key) => ({
      argument: "watchedRules",
      given: `"${key}"`,
      allowed: known.join(", "),
      fix: "remove it, or add its group to extraGroups",
    }));
}

function numberProblems(settings: FirewallSettings): Problem[] {
  const problems: Problem[] = [];
  if (!isWhole(settings.maxBodyBytes, 1)) {
    problems.push({
      argument: "maxBodyBytes",
      given: String(settings.maxBodyBytes),
      allowed: "a whole number of bytes, 1 or more",
      fix: "use the limit of the API, such as 10485760 for 10 MiB",
    });
  }
  problems.push(...logRetentionProblems(settings.logRetentionDays));
  if (!(settings.alarmAboveBlockedPerMinute > 0)) {
    problems.push({
      argument: "alarmAboveBlockedPerMinute",
      given: String(settings.alarmAboveBlockedPerMinute),
      allowed: "above 0",
      fix: "use a number above the refusals of an ordinary day; at 0 every scanner raises the alarm",
    });
  }
  return problems;
}

function capacityUnitProblems(settings: FirewallSettings): Problem[] {
  const { total, arithmetic } = capacityUnitsOf(settings);
  const most = capacityUnitLimits[settings.capacityUnits];
  if (total <= most) return [];
  return [
    {
      argument: "extraGroups",
      given: `${total} capacity units (${arithmetic})`,
      allowed: `${most} units (capacityUnits "${settings.capacityUnits}")`,
      fix:
        settings.capacityUnits === "included"
          ? 'remove a group, or set capacityUnits to "paid", which costs extra on every request for each 500 units'
          : "remove a group",
    },
  ];
}

function nameProblems(name: string): Problem[] {
  // Metric names have at most 128 characters, and the longest rule name with its hyphen needs 18 of them.
  if (/^[A-Za-z0-9-]{1,100}$/.test(name)) return [];
  return [
    {
      argument: "prefix and name",
      given: `"${name}"`,
      allowed: "1 to 100 letters, digits and hyphens",
      fix: "shorten the prefix or the name of the block: both are part of the metric names",
    },
  ];
}

function scopeProblems(args: FirewallArgs): Problem[] {
  const problems: Problem[] = [];
  const keys = Object.keys(args.loadBalancerArns);
  if (args.scope === "cloudfront" && args.region !== "us-east-1") {
    problems.push({
      argument: "region",
      given: `"${args.region}"`,
      allowed: '"us-east-1" for scope "cloudfront"',
      fix: "give the block a provider of us-east-1, where CloudFront looks for web ACLs",
    });
  }
  if (args.scope === "cloudfront" && keys.length > 0) {
    problems.push({
      argument: "loadBalancerArns",
      given: keys.join(", "),
      allowed: 'none for scope "cloudfront"',
      fix: "give webAclArn to the distribution instead",
    });
  }
  if (args.scope === "cloudfront" && args.client === "forwarded-for") {
    problems.push({
      argument: "client",
      given: '"forwarded-for"',
      allowed: '"source-address" for scope "cloudfront"',
      fix: "use source-address: CloudFront sees the real address, and a client can write any header",
    });
  }
  if (args.scope === "regional" && keys.length === 0) {
    problems.push({
      argument: "loadBalancerArns",
      given: "none",
      allowed: "one load balancer or more",
      fix: "pass the load balancers that the firewall protects",
    });
  }
  const unknown = Object.keys(args.healthCheckArns ?? {}).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    problems.push({
      argument: "healthCheckArns",
      given: unknown.join(", "),
      allowed: `keys of loadBalancerArns (${keys.join(", ") || "none"})`,
      fix: "use the key of the load balancer that the health check is for",
    });
  }
  return problems;
}
