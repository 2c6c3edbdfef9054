import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse } from "../../base/core/index.ts";
import type { BudgetSettings } from "./settings.ts";

export interface BudgetArgs {
  readonly settings: BudgetSettings;
  /** Value of the tag `Environment`, activated as a cost allocation tag in the billing account. */
  readonly environmentTag: string;
  /** Hears of thresholds and anomalies; its policy must admit `budgets` and `costalerts`. */
  readonly topicArn: pulumi.Input<string>;
}

/** Percent of the month at which somebody hears of it: time to look, too much, and where it is going. */
const notifications = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 110 },
] as const;

/** A monthly budget over what carries the environment's tag, and a watch for costs that jump. */
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
    createAnomalyWatch(name, args, this);
    this.registerOutputs({});
  }
}

function createAnomalyWatch(name: string, args: BudgetArgs, parent: Budget): void {
  const monitor = new aws.costexplorer.AnomalyMonitor(
    name,
    {
      name: `task-${args.environmentTag}`,
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
      name: `task-${args.environmentTag}`,
      // At once; a topic takes no other frequency.
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

/** Everything wrong with what an environment says about its budget. */
export function checkBudgetSettings(settings: BudgetSettings): Problem[] {
  return (["monthlyUsd", "anomalyUsd"] as const).flatMap((argument) =>
    Number.isFinite(settings[argument]) && settings[argument] > 0
      ? []
      : [
          {
            argument,
            given: String(settings[argument]),
            allowed: "a number above 0, in US dollars",
            fix: "take the price of the page from docs/environments.md and add a tenth",
          },
        ],
  );
}
