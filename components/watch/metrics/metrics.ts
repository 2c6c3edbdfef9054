import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, platform, refuse } from "../../base/core/index.ts";
import { alertManagerDefinition } from "./alert-manager.ts";
import type { MetricsArgs } from "./args.ts";
import { checkMetricsArgs } from "./check.ts";
import { scrapeConfiguration } from "./scrape.ts";
import { createScraperRoles } from "./scraper-roles.ts";
import { ruleFile, rulesWithout } from "./slos.ts";

/**
 * Metrics of the workloads in managed Prometheus, collected without an agent in the cluster, with alerts for the service
 * level objectives.
 *
 * Guarantees: series are encrypted with the given key and kept for the days in the settings; alerts reach the topic of
 * their severity and contain their runbook. A stopped workload has no alerts.
 */
export class Metrics extends pulumi.ComponentResource {
  readonly workspaceArn: pulumi.Output<string>;
  readonly queryEndpoint: pulumi.Output<string>;

  constructor(name: string, args: MetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:metrics:Metrics", name, {}, opts);
    refuse(`metrics "${name}"`, checkMetricsArgs(args), this);

    const workspace = createWorkspace(name, args, this);
    createAlerting(name, args, workspace, this);
    createScraper(name, args, workspace, this);
    this.workspaceArn = workspace.arn;
    this.queryEndpoint = workspace.prometheusEndpoint;
    this.registerOutputs({ workspaceArn: this.workspaceArn, queryEndpoint: this.queryEndpoint });
  }
}

function createWorkspace(name: string, args: MetricsArgs, parent: Metrics): aws.amp.Workspace {
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-workspace`,
    {
      // With this prefix the delivery service needs no statement in the account's size-limited resource policy.
      namePrefix: `/aws/vendedlogs/prometheus/${platform.prefix}-${args.environment}-`,
      retentionInDays: args.settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent },
  );
  const workspace = new aws.amp.Workspace(
    name,
    {
      alias: `${platform.prefix}-${args.environment}`,
      kmsKeyArn: args.dataKeyArn,
      loggingConfiguration: { logGroupArn: pulumi.interpolate`${logGroup.arn}:*` },
    },
    { parent, ...dataOptions(args.removal) },
  );
  new aws.amp.WorkspaceConfiguration(
    name,
    { workspaceId: workspace.id, retentionPeriodInDays: args.settings.retentionDays },
    { parent, ...dataOptions(args.removal) }, // Without it the workspace keeps its series for the days of the service.
  );
  return workspace;
}

function createScraper(name: string, args: MetricsArgs, workspace: aws.amp.Workspace, parent: Metrics): void {
  const roles = createScraperRoles(name, args, workspace.arn, parent);
  new aws.amp.Scraper(
    name,
    {
      alias: `${platform.prefix}-${args.environment}`,
      source: {
        eks: {
          clusterArn: args.clusterArn,
          subnetIds: Object.values(args.subnetIds),
          securityGroupIds: [args.clusterSecurityGroupId],
        },
      },
      destination: { amp: { workspaceArn: workspace.arn } },
      roleConfiguration: { sourceRoleArn: roles.source.arn, targetRoleArn: roles.target.arn },
      scrapeConfiguration: scrapeConfiguration(args.targets),
    },
    {
      parent,
      dependsOn: [...roles.policies],
      // AWS starts instances in two zones, which normally takes a quarter of an hour.
      customTimeouts: { create: "45m", update: "45m", delete: "30m" },
    },
  );
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
      name: platform.name,
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
