import { logRetentionProblems, type Problem } from "../../base/core/index.ts";
import { capacityLimits, capacityOf } from "./capacity.ts";
import type { FirewallArgs } from "./firewall.ts";
import { rulesInUse } from "./rule-groups.ts";
import { rateLimit } from "./rules.ts";
import type { FirewallSettings } from "./settings.ts";

/** The shortest prefix that may be exempt: 65,536 addresses. Shorter ones are whole providers. */
const widestExemption = 16;

/** Everything wrong with the firewall part of a page. */
export function checkFirewallSettings(settings: FirewallSettings): Problem[] {
  return [
    ...rateProblems(settings),
    ...settings.exemptCidrs.flatMap((cidr, at) => exemptionProblems(cidr, at)),
    ...watchedProblems(settings),
    ...numberProblems(settings),
    ...capacityProblems(settings),
  ];
}

/** Everything wrong with the arguments of the block, with the settings among them. */
export function firewallArgProblems(name: string, args: FirewallArgs): Problem[] {
  return [
    ...checkFirewallSettings(args.settings).map((p) => ({ ...p, argument: `settings.${p.argument}` })),
    ...nameProblems(name),
    ...placeProblems(args),
  ];
}

function rateProblems(settings: FirewallSettings): Problem[] {
  const { requestsPerMinutePerClient: perMinute, rateWindowSeconds: window } = settings;
  const problems: Problem[] = [];
  if (![60, 120, 300, 600].includes(window)) {
    problems.push({
      argument: "rateWindowSeconds",
      given: String(window),
      allowed: "60, 120, 300 or 600",
      fix: "take one of the windows WAF evaluates",
    });
  }
  // 10 is the lowest limit WAF takes.
  if (!Number.isInteger(perMinute) || rateLimit(settings) < 10) {
    problems.push({
      argument: "requestsPerMinutePerClient",
      given: `${perMinute} (${rateLimit(settings)} in ${window} s)`,
      allowed: "a whole number that makes 10 or more in the window",
      fix: "raise the rate or lengthen rateWindowSeconds",
    });
  }
  return problems;
}

function exemptionProblems(cidr: string, at: number): Problem[] {
  const [, a, b, c, d, bits] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const bytes = [a, b, c, d].map(Number);
  const prefix = Number(bits);
  if (bytes.every((byte) => byte <= 255) && prefix >= widestExemption && prefix <= 32) return [];
  return [
    {
      argument: `exemptCidrs[${at}]`,
      given: `"${cidr}"`,
      allowed: `an IPv4 range of /${widestExemption} to /32`,
      fix: "name the sources one by one; who is in a wide range is not limited at all",
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
  if (!Number.isInteger(settings.maxBodyBytes) || settings.maxBodyBytes < 1) {
    problems.push({
      argument: "maxBodyBytes",
      given: String(settings.maxBodyBytes),
      allowed: "a whole number of bytes, 1 or more",
      fix: "give the limit of the API, such as 10485760 for 10 MiB",
    });
  }
  problems.push(...logRetentionProblems(settings.logRetentionDays));
  if (!(settings.alarmAboveBlockedPerMinute > 0)) {
    problems.push({
      argument: "alarmAboveBlockedPerMinute",
      given: String(settings.alarmAboveBlockedPerMinute),
      allowed: "above 0",
      fix: "give what scanners on an ordinary day stay below; at 0 each of them is an alarm",
    });
  }
  return problems;
}

function capacityProblems(settings: FirewallSettings): Problem[] {
  const { total, arithmetic } = capacityOf(settings);
  const most = capacityLimits[settings.capacity];
  if (total <= most) return [];
  return [
    {
      argument: "extraGroups",
      given: `${total} capacity units (${arithmetic})`,
      allowed: `${most} units (capacity "${settings.capacity}")`,
      fix:
        settings.capacity === "included"
          ? 'remove a group, or set capacity to "paid" and pay for each 500 units on every request'
          : "remove a group",
    },
  ];
}

function nameProblems(name: string): Problem[] {
  // Metric names hold 128 characters, and the name of the longest rule with its hyphen takes 18 of them.
  if (/^[A-Za-z0-9-]{1,100}$/.test(name)) return [];
  return [
    {
      argument: "name",
      given: `"${name}"`,
      allowed: "1 to 100 letters, digits and hyphens",
      fix: "shorten the name of the block; metrics carry it",
    },
  ];
}

function placeProblems(args: FirewallArgs): Problem[] {
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
      fix: "CloudFront sees its clients itself; a header is what a client says about itself",
    });
  }
  if (args.scope === "regional" && keys.length === 0) {
    problems.push({
      argument: "loadBalancerArns",
      given: "none",
      allowed: "one load balancer or more",
      fix: "pass what the firewall protects; a web ACL on nothing protects nothing",
    });
  }
  const strangers = Object.keys(args.healthCheckArns ?? {}).filter((key) => !keys.includes(key));
  if (strangers.length > 0) {
    problems.push({
      argument: "healthCheckArns",
      given: strangers.join(", "),
      allowed: `keys of loadBalancerArns (${keys.join(", ") || "none"})`,
      fix: "use the key of the load balancer the check belongs to",
    });
  }
  return problems;
}
