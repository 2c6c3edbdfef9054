import { expect, test } from "vitest";
import { parse } from "yaml";
import { planProgram } from "../../../tools/plan/index.ts";
import { alertManagerDefinition } from "./alert-manager.ts";
import { checkMetricsSettings, Metrics, type MetricsArgs } from "./index.ts";
import { scrapeConfiguration } from "./scrape.ts";
import { alertRules, ruleFile, runbookOf } from "./slos.ts";

const base: MetricsArgs = {
  settings: { retentionDays: 365, logRetentionDays: 30, paging: true },
  environment: "prod",
  accountId: "111111111111",
  region: "us-east-1",
  removal: "retain-all",
  dataKeyArn: "key-data",
  logKeyArn: "key-logs",
  pageTopicArn: "topic-page",
  ticketTopicArn: "topic-ticket",
  clusterArn: "cluster",
  clusterSecurityGroupId: "sg-cluster",
  subnetIds: { "use1-az1": "subnet-1", "use1-az2": "subnet-2" },
  targets: [
    { job: "workloads", namespace: "tasks", port: "admin", path: "/metrics" },
    { job: "controllers", namespace: "external-secrets", port: "metrics", path: "/metrics" },
  ],
  stopped: [],
};

const planMetrics = (changes: Partial<MetricsArgs> = {}) =>
  planProgram(() => ({ arn: new Metrics("metrics", { ...base, ...changes }).workspaceArn }));

test("Series are encrypted, kept for a year, and retained after a destroy", async () => {
  const plan = await planMetrics();
  const workspace = plan.one("aws:amp/workspace:Workspace");
  expect(workspace.inputs.kmsKeyArn).toBe("key-data");
  expect([workspace.options.protect, workspace.options.retainOnDelete]).toEqual([true, true]);
  expect(plan.one("aws:amp/workspaceConfiguration:WorkspaceConfiguration").inputs).toEqual({
    workspaceId: workspace.id,
    retentionPeriodInDays: 365,
  });
});

test("The collector scrapes the pods of the workloads every 30 seconds, the least that the service takes, and writes to this workspace only", async () => {
  const plan = await planMetrics();
  const { inputs } = plan.one("aws:amp/scraper:Scraper");
  expect(inputs.source).toEqual({
    eks: { clusterArn: "cluster", subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-cluster"] },
  });
  expect(inputs.destination).toEqual({
    amp: { workspaceArn: plan.one("aws:amp/workspace:Workspace").outputs.arn },
  });
  const config = parse(String(inputs.scrapeConfiguration)) as {
    global: unknown;
    scrape_configs: { metrics_path: string; kubernetes_sd_configs: unknown; relabel_configs: unknown[] }[];
  };
  expect(config.global).toEqual({ scrape_interval: "30s", scrape_timeout: "10s" });
  expect(config.scrape_configs[0]?.metrics_path).toBe("/metrics");
  expect(config.scrape_configs[0]?.kubernetes_sd_configs).toEqual([
    { role: "pod", namespaces: { names: ["tasks"] } },
  ]);
  expect(config.scrape_configs[0]?.relabel_configs[0]).toEqual({
    source_labels: ["__meta_kubernetes_pod_container_port_name"],
    regex: "admin",
    action: "keep",
  });
  expect(scrapeConfiguration(base.targets)).toBe(inputs.scrapeConfiguration);
});

test("The collector writes with a role for the key of the workspace, which only scrapers of this account and region get", async () => {
  const plan = await planMetrics();
  const role = (name: string) => plan.one("aws:iam/role:Role", `metrics-scraper-${name}`);
  const [source, target] = [role("source"), role("target")];
  const scraper = plan.one("aws:amp/scraper:Scraper");
  expect(scraper.inputs.roleConfiguration).toEqual({
    sourceRoleArn: source.outputs.arn,
    targetRoleArn: target.outputs.arn,
  });
  const scrapers = "arn:aws:aps:us-east-1:111111111111:scraper/*";
  expect(statements(source.inputs.assumeRolePolicy)).toMatchObject([
    {
      Principal: { Service: ["scraper.aps.amazonaws.com"] },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": scrapers },
      },
    },
  ]);
  expect(statements(target.inputs.assumeRolePolicy)).toMatchObject([
    { Principal: { AWS: [source.outputs.arn] }, Condition: { StringLike: { "sts:ExternalId": scrapers } } },
  ]);
  const policies = plan.all("aws:iam/rolePolicy:RolePolicy");
  expect(policies.map(({ inputs }) => statements(inputs.policy))).toMatchObject([
    [{ Action: "sts:AssumeRole", Resource: target.outputs.arn }],
    [
      { Action: "aps:RemoteWrite", Resource: plan.one("aws:amp/workspace:Workspace").outputs.arn },
      {
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "key-data",
        Condition: { StringEquals: { "kms:ViaService": "aps.us-east-1.amazonaws.com" } },
      },
    ],
  ]);
  // A scraper that starts before its roles may write nothing would stay without data.
  expect(scraper.options.dependencies).toEqual(expect.arrayContaining(policies.map(({ urn }) => urn)));
});

function statements(policy: unknown): unknown {
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly Record<string, unknown>[] }[];
}

test("Every alert is in the rule file with its severity, its environment and its runbook", () => {
  const [group] = (parse(ruleFile(alertRules, "prod")) as Rules).groups;
  expect(group?.rules).toEqual(
    alertRules.map((rule) => ({
      alert: rule.name,
      expr: rule.expression,
      for: rule.for,
      labels: { severity: rule.severity, environment: "prod" },
      annotations: { summary: rule.summary, runbook: `docs/runbooks/${runbookOf(rule.name)}` },
    })),
  );
});

test.each([
  ["TaskApiBudgetBurnsFast", "> 0.0144 ", "[1h]", "[5m]"],
  ["TaskApiBudgetBurns", "> 0.006 ", "[6h]", "[30m]"],
  ["TaskApiBudgetBurnsSlowly", "> 0.001 ", "[3d]", "[6h]"],
])("%s compares the error rate of a long and a short window with its limit", (name, limit, long, short) => {
  const { expression = "" } = alertRules.find((rule) => rule.name === name) ?? {};
  for (const part of [limit, long, short]) expect(`${expression} `).toContain(part);
});

test.each([
  ["TaskApiDown", "task-api"],
  ["TaskRelayDown", "task-relay"],
  ["TaskProcessorDown", "task-processor"],
])("%s pages when no pod of %s is up, also when there are no series of it at all", (name, service) => {
  // A comparison alone would never fire: without a pod there is no series to compare.
  expect(alertRules.find((rule) => rule.name === name)).toMatchObject({
    severity: "page",
    expression: `absent(up{service="${service}"} == 1)`,
    for: "1m",
  });
});

test("A stopped workload has no alert, and the others have all of theirs", async () => {
  const plan = await planMetrics({ stopped: ["task-relay"] });
  const { data } = plan.one("aws:amp/ruleGroupNamespace:RuleGroupNamespace").inputs;
  const made = alertRules.filter(({ name }) => String(data).includes(`alert: ${name}\n`));
  expect(made).toEqual(alertRules.filter(({ name }) => !name.startsWith("TaskRelay")));
});

test("The name, the service and the expression of every alert are about the same workload", () => {
  for (const { name, service, expression } of alertRules) {
    const words = service.split("-").map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);
    expect(name.startsWith(words.join(""))).toBe(true);
    const asked = [...expression.matchAll(/service="([^"]+)"/g)].map(([, one]) => one);
    expect([name, ...new Set(asked)]).toEqual([name, ...(asked.length === 0 ? [] : [service])]);
  }
});

test.each([
  [true, "topic-page"],
  [false, "topic-ticket"],
])("With paging %s alerts of severity page go to %s", async (paging, topic) => {
  const plan = await planMetrics({ settings: { ...base.settings, paging } });
  const { definition } = plan.one("aws:amp/alertManagerDefinition:AlertManagerDefinition").inputs;
  expect(definition).toBe(alertManagerDefinition({ page: topic, ticket: "topic-ticket" }, "us-east-1"));
});

test("Alertmanager sends pages to their topic and all other alerts to the ticket topic", () => {
  const outer = parse(alertManagerDefinition({ page: "p", ticket: "t" }, "us-east-1")) as Record<
    string,
    string
  >;
  const config = parse(outer.alertmanager_config ?? "") as {
    route: Record<string, unknown>;
    receivers: { name: string; sns_configs: { topic_arn: string }[] }[];
  };
  expect(config.route).toMatchObject({
    receiver: "ticket",
    routes: [{ receiver: "page", matchers: ["severity = page"] }],
  });
  expect(config.receivers.map(({ name, sns_configs }) => [name, sns_configs[0]?.topic_arn])).toEqual([
    ["page", "p"],
    ["ticket", "t"],
  ]);
});

test("All problems are in one message, and nothing is created", async () => {
  const settings = { ...base.settings, logRetentionDays: 8, retentionDays: 2000 };
  expect(checkMetricsSettings(settings).map(({ argument }) => argument)).toEqual([
    "logRetentionDays",
    "retentionDays",
  ]);
  const wrong = { settings, subnetIds: { "use1-az1": "subnet-1" }, stopped: ["relay"] };
  await expect(planMetrics(wrong)).rejects.toThrow(
    /4 problems, nothing was created[\s\S]*settings\.logRetentionDays[\s\S]*settings\.retentionDays[\s\S]*subnetIds[\s\S]*stopped: /,
  );
});
