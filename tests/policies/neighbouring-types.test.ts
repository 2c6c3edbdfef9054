import { expect, test } from "vitest";
import { evaluate, rules } from "../../policies/index.ts";
import { planOf } from "../program/plan-of.ts";

/** Rules that speak when prod has this resource too. */
async function spokenOf(type: string, inputs: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { resources } = await planOf("prod");
  const [any] = resources.filter((resource) => resource.type.startsWith(type.split("/")[0] ?? ""));
  if (any === undefined) throw new Error(`prod has nothing like ${type}`);
  const urn = `urn:pulumi:prod::task-platform::${type}::neighbour`;
  const today = new Date().toISOString().slice(0, 10);
  return evaluate(
    [...resources, { ...any, type, urn, name: "neighbour", inputs }],
    { environment: "prod", today },
    rules,
    [],
  )
    .violations.filter((violation) => violation.urn === urn)
    .map(({ rule }) => rule);
}

test.each([
  ["aws:ec2/securityGroupRule:SecurityGroupRule", "type-is-judged"],
  ["aws:iam/policyAttachment:PolicyAttachment", "type-is-judged"],
  ["aws:iam/groupPolicy:GroupPolicy", "type-is-judged"],
  ["kubernetes:apps/v1:ReplicaSet", "type-is-judged"],
  ["kubernetes:core/v1:ReplicationController", "type-is-judged"],
  ["kubernetes:apps/v1:DeploymentPatch", "type-is-judged"],
])("%s, which does the same as a type that the rules know, is refused", async (type, rule) => {
  expect(await spokenOf(type, {})).toContain(rule);
});

test.each(["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/7", "::/0", "2000::/3"])(
  "remote shells from %s are refused: the range is a large part of the internet",
  async (range) => {
    const cidr = range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range };
    const inputs = { ...cidr, ipProtocol: "tcp", fromPort: 22, toPort: 22, description: "A shell." };
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(await spokenOf(type, inputs)).toContain("group-no-remote-shell");
  },
);

test.each([
  { metadata: { labels: { owner: "Platform Team" } } },
  { metadata: { labels: { "my label": "x" } } },
  { spec: { selector: { matchLabels: { app: "-x" } } } },
  { spec: { template: { spec: { nodeSelector: { pool: "x".repeat(64) } } } } },
  { metadata: { labels: { replicas: 3 } } },
])("an object with the labels of %j is refused, as by the API server", async (inputs) => {
  expect(await spokenOf("kubernetes:core/v1:ConfigMap", inputs)).toContain("label-accepted");
});

test("a managed scraper that asks more often than the service allows is refused", async () => {
  const scraper = (interval: string) =>
    spokenOf("aws:amp/scraper:Scraper", { scrapeConfiguration: `global:\n  scrape_interval: ${interval}\n` });
  expect(await scraper("15s")).toContain("scraper-interval-accepted");
  expect(await scraper("1m")).not.toContain("scraper-interval-accepted");
});
