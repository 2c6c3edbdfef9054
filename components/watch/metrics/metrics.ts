import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  dataOptions,
  isWhole,
  logRetentionProblems,
  type Problem,
  policyDocument,
  type Removal,
  refuse,
} from "../../base/core/index.ts";
import { type ScrapeTarget, scrapeConfiguration } from "./scrape.ts";
import type { MetricsSettings } from "./settings.ts";
import { alertRules, ruleFile, rulesWithout } from "./slos.ts";

export interface MetricsArgs {
  readonly settings: MetricsSettings;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  readonly dataKeyArn: pulumi.Input<string>;
  readonly logKeyArn: pulumi.Input<string>;
  readonly pageTopicArn: pulumi.Input<string>;
  readonly ticketTopicArn: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  /** Group that may reach pods and the API server. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Subnets of the collector by zone id, two or more. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly targets: readonly ScrapeTarget[];
  /** Workloads and controllers that run no pod here, by the name their alerts know them by. */
  readonly stopped: readonly string[];
}

/**
 * Series of the workloads in managed Prometheus, collected without an agent in the cluster, with the alerts of the
 * service level objectives.
 *
 * Guarantees: encrypted with the given key, kept as long as the settings say, alerts reach the topic of their severity
 * and name their runbook. No alert speaks of a workload that is stopped.
 */
export class Metrics extends pulumi.ComponentResource {
  readonly workspaceArn: pulumi.Output<string>;
  readonly queryEndpoint: pulumi.Output<string>;

  constructor(name: string, args: MetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:metrics:Metrics", name, {}, opts);
    refuse(`metrics "${name}"`, metricsProblems(args), this);

    const workspace = createWorkspace(name, args, this);
    createAlerting(name, args, workspace, this);
    new aws.amp.Scraper(
      name,
      {
        alias: `task-${args.environment}`,
        source: {
          eks: {
            clusterArn: args.clusterArn,
            subnetIds: Object.values(args.subnetIds),
            securityGroupIds: [args.securityGroupId],
          },
        },
        destination: { amp: { workspaceArn: workspace.arn } },
        scrapeConfiguration: scrapeConfiguration(args.targets),
      },
      // It starts machines in two zones; a quarter of an hour is normal.
      { parent: this, customTimeouts: { create: "45m", update: "45m", delete: "30m" } },
    );
    this.workspaceArn = workspace.arn;
    this.queryEndpoint = workspace.prometheusEndpoint;
    this.registerOutputs({ workspaceArn: this.workspaceArn, queryEndpoint: this.queryEndpoint });
  }
}

function createWorkspace(name: string, args: MetricsArgs, parent: Metrics): aws.amp.Workspace {
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-workspace`,
    {
      // The delivery service may write to groups of this prefix without a line in the account's one resource policy.
      namePrefix: `/aws/vendedlogs/prometheus/task-${args.environment}-`,
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent },
  );
  const workspace = new aws.amp.Workspace(
    name,
    {
      alias: `task-${args.environment}`,
      kmsKeyArn: args.dataKeyArn,
      loggingConfiguration: { logGroupArn: pulumi.interpolate`${logGroup.arn}:*` },
    },
    { parent, ...dataOptions(args.removal) },
  );
  new aws.amp.WorkspaceConfiguration(
    name,
    { workspaceId: workspace.id, retentionPeriodInDays: args.settings.retentionDays },
    { parent },
  );
  return workspace;
}

function createAlerting(
  name: string,
  args: MetricsArgs,
  workspace: aws.amp.Workspace,
  parent: Metrics,
): void {
  new aws.amp.RuleGroupNamespace(
    name,
    {
      workspaceId: workspace.id,
      name: "task-platform",
      data: ruleFile(rulesWithout(args.stopped), args.environment),
    },
    { parent },
  );
  const topics = {
    page: args.settings.paging ? args.pageTopicArn : args.ticketTopicArn,
    ticket: args.ticketTopicArn,
  };
  const definition = pulumi
    .all([topics.page, topics.ticket])
    .apply(([page, ticket]) => alertManagerDefinition({ page, ticket }, args.region));
  new aws.amp.AlertManagerDefinition(name, { workspaceId: workspace.id, definition }, { parent });
}

/** Where alerts go, in the words of Alertmanager: by severity, one message an alert and hour. */
export function alertManagerDefinition(
  topics: Readonly<Record<"page" | "ticket", string>>,
  region: string,
): string {
  const receiver = (severity: "page" | "ticket"): string[] => [
    `    - name: ${severity}`,
    "      sns_configs:",
    `        - topic_arn: ${topics[severity]}`,
    "          sigv4:",
    `            region: ${region}`,
    '          subject: "{{ .CommonLabels.environment }} {{ .CommonLabels.alertname }}"',
  ];
  return [
    "alertmanager_config: |",
    "  route:",
    "    receiver: ticket",
    "    group_by: [alertname]",
    "    repeat_interval: 1h",
    "    routes:",
    "      - receiver: page",
    "        matchers: ['severity = page']",
    "  receivers:",
    ...receiver("page"),
    ...receiver("ticket"),
    "",
  ].join("\n");
}

/** Lets somebody read the series of one workspace, for dashboards. */
export function queryPolicy(workspaceArn: pulumi.Input<string>): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "QueryMetrics",
      actions: ["aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"],
      resources: [workspaceArn],
    },
  ]);
}

/** Everything wrong with the arguments of the block. */
export function metricsProblems({ settings, stopped, subnetIds }: MetricsArgs): Problem[] {
  const problems: Problem[] = checkMetricsSettings(settings).map((problem) => ({
    ...problem,
    argument: `settings.${problem.argument}`,
  }));
  const zones = Object.keys(subnetIds).toSorted();
  if (zones.length < 2) {
    problems.push({
      argument: "subnetIds",
      given: zones.join(", ") || "none",
      allowed: "subnets in two zones or more",
      fix: "pass the private subnets of every zone: the collector refuses fewer",
    });
  }
  const services = [...new Set(alertRules.map(({ service }) => service))];
  const unknown = stopped.filter((service) => !services.includes(service));
  if (unknown.length > 0) {
    problems.push({
      argument: "stopped",
      given: unknown.join(", "),
      allowed: services.join(", "),
      fix: "write the name as its alerts do: theirs would ring for ever",
    });
  }
  return problems;
}

/** Three years: the service keeps nothing longer. */
const longestRetentionDays = 1095;

/** Everything wrong with what an environment says about its metrics. */
export function checkMetricsSettings({ logRetentionDays, retentionDays }: MetricsSettings): Problem[] {
  const problems = logRetentionProblems(logRetentionDays);
  if (!isWhole(retentionDays, 1, longestRetentionDays)) {
    problems.push({
      argument: "retentionDays",
      given: String(retentionDays),
      allowed: `1 to ${longestRetentionDays}`,
      fix: "take 365 where capacity is planned by the year",
    });
  }
  return problems;
}
