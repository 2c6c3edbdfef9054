import { expect, test } from "vitest";
import { checkEdgeArgs } from "./check.ts";
import { behindDistribution, type EdgeChanges, edgeArgs, withChanges } from "./test/edge.fixture.ts";

const problems = (changes: EdgeChanges, name = "api") =>
  checkEdgeArgs(name, withChanges(changes)).map((p) => `${p.argument}: ${p.given} (${p.allowed})`);

test("valid arguments have no problem, with and without a distribution in front", () => {
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

test("a name that leaves no room for the suffix of Pulumi is refused", () => {
  expect(problems({}, "a-name-of-twenty-one")).toEqual([
    'name: "a-name-of-twenty-one" (at most 19 lower-case letters, digits and single hyphens)',
  ]);
});

test("a domain that no certificate can have is refused", () => {
  expect(problems({ domain: "*.tasks.test" })).toEqual([
    'domain: "*.tasks.test" (a full lower-case DNS name of at most 64 characters, without a wildcard or a final dot)',
  ]);
});

test("subnets in one zone are refused", () => {
  expect(problems({ subnetIds: { "use1-az1": "subnet-a" } })).toEqual([
    "subnetIds: use1-az1 (public subnets in two zones or more)",
  ]);
});

test("an empty list of clients and an invalid range are refused", () => {
  const settings = { failover: "none" } as const;
  expect(problems({ settings, reach: { from: "clients", cidrs: [] } })).toEqual([
    "reach.cidrs: none (one IPv4 range or more)",
  ]);
  expect(
    problems({ settings, reach: { from: "clients", cidrs: ["192.0.2.0/24", "192.0.2.256/32"] } }),
  ).toEqual(['reach.cidrs[1]: "192.0.2.256/32" (an IPv4 range such as "198.51.100.0/24")']);
});

test("invalid prefix lists are refused together", () => {
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

test("more paths than a listener rule can have are refused, and behind a distribution a rule can have fewer", () => {
  const paths = ["/v1/*", "/v2/*", "/openapi.json"];
  expect(problems({ rest: { ...edgeArgs.rest, paths } })).toEqual([]);
  expect(problems({ ...behindDistribution, rest: { ...edgeArgs.rest, paths } })).toEqual([
    "rest.paths: 3 (/v1/*, /v2/*, /openapi.json) (1 to 2; a listener rule has at most 5 values, including host names and secret)",
  ]);
});

test("a path that matches everything and an invalid service name are refused", () => {
  expect(
    problems({
      rest: { ...edgeArgs.rest, paths: ["/*", "v1"] },
      grpc: { ...edgeArgs.grpc, services: ["TaskService"] },
    }).map((line) => line.split(" (")[0]),
  ).toEqual(['rest.paths: "/*"', 'rest.paths: "v1"', 'grpc.services: "TaskService"']);
});

test("a primary without a probe path, or unreachable for health checkers, is refused", () => {
  const { probePath: _, ...without } = edgeArgs;
  const reach = { from: "clients", cidrs: ["192.0.2.0/24"] } as const;
  expect(checkEdgeArgs("api", { ...without, reach }).map((p) => `${p.argument}: ${p.given}`)).toEqual([
    "probePath: none",
    "probePrefixListId: none",
  ]);
});

test("a secondary needs no probe", () => {
  const { probePath: _, ...without } = edgeArgs;
  const settings = { ...edgeArgs.settings, failover: "secondary" } as const;
  expect(checkEdgeArgs("api", { ...without, settings })).toEqual([]);
});
