import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { platform, refuse } from "../../base/core/index.ts";
import type { BudgetArgs } from "./args.ts";
import { checkBudgetSettings } from "./check.ts";

/** Percent of the monthly budget at which notifications are sent, for actual and forecast costs. */
const notifications = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 110 },
] as const;

/** A monthly budget for all resources with the environment's tag, and detection of cost anomalies. */
export class Budget extends pulumi.ComponentResource {
  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:budget:Budget", name, {}, opts);
    refuse(`budget "${name}"`, checkBudgetSettings(args.settings), this);
    const tag = { name: "TagKeyValue", values: [`user:Environment$${args.environmentTag}`] };
    new aws.budgets.Budget(
      name,
      {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(args.settings.monthlyUsd),
        limitUnit: "USD",
        costFilters: [tag],
        notifications: notifications.map((notification) => ({
          ...notification,
          thresholdType: "PERCENTAGE",
          comparisonOperator: "GREATER_THAN",
          subscriberSnsTopicArns: [args.topicArn],
        })),
      },
      { parent: this },
    );
    createAnomalyDetection(name, args, this);
    this.registerOutputs({});
  }
}

function createAnomalyDetection(name: string, args: BudgetArgs, parent: Budget): void {
  const monitor = new aws.costexplorer.AnomalyMonitor(
    name,
    {
      name: `${platform.prefix}-${args.environmentTag}`,
      monitorType: "CUSTOM",
      monitorSpecification: JSON.stringify({
        Tags: { Key: "Environment", Values: [args.environmentTag], MatchOptions: ["EQUALS"] },
      }),
    },
    { parent },
  );
  new aws.costexplorer.AnomalySubscription(
    name,
    {
      name: `${platform.prefix}-${args.environmentTag}`,
      // A topic supports no other frequency.
      frequency: "IMMEDIATE",
      monitorArnLists: [monitor.arn],
      subscribers: [{ type: "SNS", address: args.topicArn }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(args.settings.anomalyUsd)],
        },
      },
    },
    { parent },
  );
}
