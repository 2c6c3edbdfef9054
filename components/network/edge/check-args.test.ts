import { expect, test } from "vitest";
import { edgeArgProblems } from "./check-args.ts";
import { behindDistribution, type EdgeChanges, edgeArgs, withChanges } from "./test/edge.fixture.ts";

const problems = (changes: EdgeChanges, name = "api") =>
  edgeArgProblems(name, withChanges(changes)).map((p) => `${p.argument}: ${p.given} (${p.allowed})`);

test("arguments that fit have no problem, with and without a distribution in front", () => {
  expect(problems({})).toEqual([]);
  expect(problems(behindDistribution)).toEqual([]);
});

test.each([
  ["idleTimeoutSeconds", 10, "30 to 4000"],
  ["deregistrationDelaySeconds", 300, "30 to 120"],
  ["busyRequestsPerMinute", 0, "a whole number, 1 or more"],
] as const)("settings.%s of %s is refused", (argument, given, allowed) => {
  expect(problems({ settings: { [argument]: given }, podGraceSeconds: 600 })).toEqual([
    `settings.${argument}: ${given} (${allowed})`,
  ]);
});

test("a name that leaves no room for what Pulumi adds is refused", () => {
  expect(problems({}, "a-name-of-twenty-one")).toEqual([
    'name: "a-name-of-twenty-one" (at most 19 lower-case letters, digits and single hyphens)',
  ]);
});

test.each(["*.tasks.test", "tasks", "API.tasks.test", "api.tasks.test.", `${"a".repeat(60)}.tasks.test`])(
  "the domain %s is refused",
  (domain) => {
    expect(problems({ domain })).toEqual([
      `domain: "${domain}" (a full lower-case DNS name of at most 64 characters, without a wildcard or a final dot)`,
    ]);
  },
);

test("subnets in one zone are refused", () => {
  expect(problems({ subnetIds: { "use1-az1": "subnet-a" } })).toEqual([
    "subnetIds: use1-az1 (public subnets in two zones or more)",
  ]);
});

test("no clients at all, or a range that is none, is refused", () => {
  const settings = { failover: "none" } as const;
  expect(problems({ settings, reach: { from: "clients", cidrs: [] } })).toEqual([
    "reach.cidrs: none (one IPv4 range or more)",
  ]);
  expect(
    problems({ settings, reach: { from: "clients", cidrs: ["192.0.2.0/24", "192.0.2.256/32"] } }),
  ).toEqual(['reach.cidrs[1]: "192.0.2.256/32" (an IPv4 range such as "198.51.100.0/24")']);
});

test("prefix lists that are none are refused together", () => {
  expect(
    problems({
      ...behindDistribution,
      reach: { from: "distribution", prefixListId: "cloudfront", secret: "shared" },
      probePrefixListId: "pl-",
    }).map((line) => line.split(" (")[0]),
  ).toEqual(['reach.prefixListId: "cloudfront"', 'probePrefixListId: "pl-"']);
});

test("privileged ports are refused", () => {
  expect(problems({ grpc: { ...edgeArgs.grpc, port: 443 } })).toEqual(["grpc.port: 443 (1024 to 65535)"]);
});

test("pods that stop before their last request, or close connections first, are refused", () => {
  expect(problems({ podGraceSeconds: 20, rest: { ...edgeArgs.rest, keepAliveSeconds: 60 } })).toEqual([
    "podGraceSeconds: 20 (30 or more, settings.deregistrationDelaySeconds)",
    "rest.keepAliveSeconds: 60 (above 60, settings.idleTimeoutSeconds)",
  ]);
});

test("more paths than a rule compares with are refused, fewer fitting behind a distribution", () => {
  const paths = ["/v1/*", "/v2/*", "/openapi.json"];
  expect(problems({ rest: { ...edgeArgs.rest, paths } })).toEqual([]);
  expect(problems({ ...behindDistribution, rest: { ...edgeArgs.rest, paths } })).toEqual([
    "rest.paths: 3 (/v1/*, /v2/*, /openapi.json) (1 to 2; a listener rule compares with 5 values, host names and secret among them)",
  ]);
});

test("a path that covers everything and a service that is none are refused", () => {
  expect(
    problems({
      rest: { ...edgeArgs.rest, paths: ["/*", "v1"] },
      grpc: { ...edgeArgs.grpc, services: ["TaskService"] },
    }).map((line) => line.split(" (")[0]),
  ).toEqual(['rest.paths: "/*"', 'rest.paths: "v1"', 'grpc.services: "TaskService"']);
});

test("a primary without a probe, or one that checkers cannot reach, is refused", () => {
  const { probePath: _, ...without } = edgeArgs;
  const reach = { from: "clients", cidrs: ["192.0.2.0/24"] } as const;
  expect(edgeArgProblems("api", { ...without, reach }).map((p) => `${p.argument}: ${p.given}`)).toEqual([
    "probePath: none",
    "probePrefixListId: none",
  ]);
});

test("a secondary needs no probe", () => {
  const { probePath: _, ...without } = edgeArgs;
  const settings = { ...edgeArgs.settings, failover: "secondary" } as const;
  expect(edgeArgProblems("api", { ...without, settings })).toEqual([]);
});
