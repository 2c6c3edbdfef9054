import fc from "fast-check";
import { expect, test } from "vitest";
import { capacityOf } from "./capacity.ts";
import { checkFirewallSettings, firewallArgProblems } from "./check-args.ts";
import type { FirewallArgs } from "./firewall.ts";
import { atMostPattern } from "./number-pattern.ts";
import { hiddenPathPattern } from "./rules.ts";
import type { FirewallSettings } from "./settings.ts";

const settings: FirewallSettings = {
  mode: "block",
  watchedRules: [],
  extraGroups: [],
  requestsPerMinutePerClient: 100,
  rateWindowSeconds: 60,
  exemptCidrs: [],
  maxBodyBytes: 10_485_760,
  capacity: "included",
  logs: "decisions",
  logRetentionDays: 30,
  alarmAboveBlockedPerMinute: 600,
  shield: "standard",
};

const args: FirewallArgs = {
  settings,
  scope: "regional",
  client: "source-address",
  accountId: "123456789012",
  region: "eu-west-1",
  removal: "remove",
  loadBalancerArns: { api: "arn" },
  logKeyArn: "key",
  alarmTopicArn: "topic",
};

const ofSettings = (change: Partial<FirewallSettings>) =>
  checkFirewallSettings({ ...settings, ...change }).map((p) => `${p.argument}: ${p.given} (${p.allowed})`);
const ofArgs = (change: Partial<FirewallArgs>, name = "api") =>
  firewallArgProblems(name, { ...args, ...change }).map((p) => `${p.argument}: ${p.given} (${p.allowed})`);

test("a page that fits has no problem", () => {
  expect(ofSettings({})).toEqual([]);
  expect(ofArgs({})).toEqual([]);
});

test("a rate below the smallest that WAF takes is refused, unless the window makes it enough", () => {
  expect(ofSettings({ requestsPerMinutePerClient: 5 })).toEqual([
    "requestsPerMinutePerClient: 5 (5 in 60 s) (a whole number that makes 10 or more in the window)",
  ]);
  expect(ofSettings({ requestsPerMinutePerClient: 5, rateWindowSeconds: 120 })).toEqual([]);
});

test("a window WAF does not evaluate is refused", () => {
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

test("watching a rule that is not there is refused with those that are", () => {
  expect(ofSettings({ watchedRules: ["linux"] })).toEqual([
    'watchedRules: "linux" (hidden-paths, body-limit, rate-per-client, ip-reputation, known-bad-inputs, common, sql)',
  ]);
});

test("a body limit, a retention and an alarm that cannot be are refused together", () => {
  expect(
    ofSettings({ maxBodyBytes: 0.5, logRetentionDays: 42, alarmAboveBlockedPerMinute: 0 }).map(
      (line) => line.split(" (")[0],
    ),
  ).toEqual(["maxBodyBytes: 0.5", "logRetentionDays: 42", "alarmAboveBlockedPerMinute: 0"]);
});

test("the four groups and our own rules fit what the price includes", () => {
  expect(capacityOf(settings)).toEqual({
    total: 1185,
    arithmetic:
      "hidden-paths 33 + body-limit 24 + rate-per-client 3 + ip-reputation 25 + known-bad-inputs 200 + common 700 + sql 200",
  });
});

test("groups beyond 1,500 units are refused with the sum, and taken where they are paid for", () => {
  const extraGroups = ["anonymous-sources", "linux", "posix"] as const;
  expect(ofSettings({ extraGroups })).toEqual([
    'extraGroups: 1535 capacity units (hidden-paths 33 + body-limit 24 + rate-per-client 3 + ip-reputation 25 + anonymous-sources 50 + known-bad-inputs 200 + common 700 + sql 200 + linux 200 + posix 100) (1500 units (capacity "included"))',
  ]);
  expect(ofSettings({ extraGroups, capacity: "paid" })).toEqual([]);
});

test("Shield's own answers take capacity too", () => {
  expect(capacityOf({ ...settings, shield: "advanced" }).total).toBe(1335);
});

test("a firewall at CloudFront outside us-east-1, on load balancers or by header is refused", () => {
  expect(ofArgs({ scope: "cloudfront", client: "forwarded-for" })).toEqual([
    'region: "eu-west-1" ("us-east-1" for scope "cloudfront")',
    'loadBalancerArns: api (none for scope "cloudfront")',
    'client: "forwarded-for" ("source-address" for scope "cloudfront")',
  ]);
});

test("a firewall in front of nothing is refused", () => {
  expect(ofArgs({ loadBalancerArns: {} })).toEqual(["loadBalancerArns: none (one load balancer or more)"]);
});

test("a health check of no load balancer is refused", () => {
  expect(ofArgs({ healthCheckArns: { web: "arn" } })).toEqual([
    "healthCheckArns: web (keys of loadBalancerArns (api))",
  ]);
});

test("a name that no metric can carry is refused", () => {
  expect(ofArgs({}, "a_b")).toEqual(['name: "a_b" (1 to 100 letters, digits and hyphens)']);
});

test("the pattern of a length accepts exactly the numbers up to the limit", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.integer({ min: 0, max: 199_999_999 }),
      (most, given) => {
        expect(new RegExp(atMostPattern(most)).test(String(given))).toBe(given <= most);
      },
    ),
  );
  for (const most of [1, 9, 10, 99, 100, 8192, 10_485_760]) {
    const pattern = new RegExp(atMostPattern(most));
    expect([most - 1, most, most + 1, most * 10].map((number) => pattern.test(String(number)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  }
});

test("a length that is no number is no length, and the pattern fits WAF's 512 characters", () => {
  const pattern = atMostPattern(10_485_760);
  expect(["", "-1", "1e3", "10 ", "0x10"].filter((text) => new RegExp(pattern).test(text))).toEqual([]);
  expect(pattern.length).toBeLessThanOrEqual(512);
});

test.each([
  "/metrics",
  "/v1.0/invoke/app",
  "/dapr/config",
  "/internal/x",
  "/grpc.reflection.v1.ServerReflection/x",
])("the path %s is hidden", (path) => {
  expect(new RegExp(hiddenPathPattern).test(path)).toBe(true);
});

test.each(["/v1/tasks", "/metricsx", "/v1/internal", "/tasks.v1.TaskService/GetTask"])(
  "the path %s is open",
  (path) => {
    expect(new RegExp(hiddenPathPattern).test(path)).toBe(false);
  },
);
