import { expect, test } from "vitest";
import type { FirewallArgs } from "./args.ts";
import { capacityUnitsOf } from "./capacity-units.ts";
import { checkFirewallArgs, checkFirewallSettings } from "./check.ts";
import type { FirewallSettings } from "./settings.ts";
import { base } from "./test/firewall.fixture.ts";

const args: FirewallArgs = { ...base, region: "eu-west-1" };

const ofSettings = (change: Partial<FirewallSettings>) =>
  checkFirewallSettings({ ...base.settings, ...change }).map(
    (p) => `${p.argument}: ${p.given} (${p.allowed})`,
  );
const ofArgs = (change: Partial<FirewallArgs>, name = "api") =>
  checkFirewallArgs(name, { ...args, ...change }).map((p) => `${p.argument}: ${p.given} (${p.allowed})`);

test("valid settings and arguments have no problem", () => {
  expect(ofSettings({})).toEqual([]);
  expect(ofArgs({})).toEqual([]);
});

test("a rate below the lowest limit of WAF is refused, unless a longer window raises it above", () => {
  expect(ofSettings({ requestsPerMinutePerClient: 5 })).toEqual([
    "requestsPerMinutePerClient: 5 (5 in 60 s) (a whole number that gives 10 to 2,000,000,000 in the window)",
  ]);
  expect(ofSettings({ requestsPerMinutePerClient: 5, rateWindowSeconds: 120 })).toEqual([]);
});

test("a window that WAF does not support is refused", () => {
  expect(ofSettings({ rateWindowSeconds: 90 as 60 })).toEqual([
    "rateWindowSeconds: 90 (60, 120, 300 or 600)",
  ]);
});

test.each(["0.0.0.0/0", "10.0.0.0/8", "192.0.2.300/32", "192.0.2.1", "192.0.2.0/33"])(
  "an exemption of %s is refused",
  (cidr) => {
    expect(ofSettings({ exemptCidrs: ["192.0.2.1/32", cidr] })).toEqual([
      `exemptCidrs[1]: "${cidr}" (an IPv4 range of /16 to /32)`,
    ]);
  },
);

test("an unknown watched rule is refused, and the message lists the known rules", () => {
  expect(ofSettings({ watchedRules: ["linux"] })).toEqual([
    'watchedRules: "linux" (hidden-paths, body-limit, rate-per-client, code-in-bodies, ip-reputation, known-bad-inputs, common, sql)',
  ]);
});

test("an invalid body limit, retention and alarm threshold are refused together", () => {
  expect(
    ofSettings({ maxBodyBytes: 0.5, logRetentionDays: 42, alarmAboveBlockedPerMinute: 0 }).map(
      (line) => line.split(" (")[0],
    ),
  ).toEqual(["maxBodyBytes: 0.5", "logRetentionDays: 42", "alarmAboveBlockedPerMinute: 0"]);
});

test("the four groups and our own rules fit the capacity units that the price includes", () => {
  expect(capacityUnitsOf(base.settings)).toEqual({
    total: 1205,
    arithmetic:
      "hidden-paths 33 + body-limit 24 + rate-per-client 3 + code-in-bodies 20 + ip-reputation 25 + known-bad-inputs 200 + common 700 + sql 200",
  });
});

test("groups above 1,500 capacity units are refused with the sum, and accepted where they are paid for", () => {
  const extraGroups = ["anonymous-sources", "linux", "posix"] as const;
  expect(ofSettings({ extraGroups })).toEqual([
    'extraGroups: 1555 capacity units (hidden-paths 33 + body-limit 24 + rate-per-client 3 + code-in-bodies 20 + ip-reputation 25 + anonymous-sources 50 + known-bad-inputs 200 + common 700 + sql 200 + linux 200 + posix 100) (1500 units (capacityUnits "included"))',
  ]);
  expect(ofSettings({ extraGroups, capacityUnits: "paid" })).toEqual([]);
});

test("Shield's automatic response needs capacity units too", () => {
  expect(capacityUnitsOf({ ...base.settings, shield: "advanced" }).total).toBe(1355);
});

test("a firewall at CloudFront is refused outside us-east-1, with load balancers or with clients by header", () => {
  expect(ofArgs({ scope: "cloudfront", client: "forwarded-for" })).toEqual([
    'region: "eu-west-1" ("us-east-1" for scope "cloudfront")',
    'loadBalancerArns: api (none for scope "cloudfront")',
    'client: "forwarded-for" ("source-address" for scope "cloudfront")',
  ]);
});

test("a firewall without a load balancer is refused", () => {
  expect(ofArgs({ loadBalancerArns: {} })).toEqual(["loadBalancerArns: none (one load balancer or more)"]);
});

test("a health check without its load balancer is refused", () => {
  expect(ofArgs({ healthCheckArns: { web: "arn" } })).toEqual([
    "healthCheckArns: web (keys of loadBalancerArns (api))",
  ]);
});

test("a name that is not valid in a metric name is refused", () => {
  expect(ofArgs({}, "a_b")).toEqual([
    'prefix and name: "task-test-a_b" (1 to 100 letters, digits and hyphens)',
  ]);
});
