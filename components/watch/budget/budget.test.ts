import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Budget, type BudgetArgs, checkBudgetSettings } from "./index.ts";

const base: BudgetArgs = {
  settings: { monthlyUsd: 500, anomalyUsd: 50 },
  environmentTag: "dev",
  topicArn: "topic",
};

const planBudget = (args: BudgetArgs = base) => planProgram(() => void new Budget("budget", args));

test("A budget counts resources with the environment's tag and notifies at 80, 100 and forecast 110 percent", async () => {
  const { inputs } = (await planBudget()).one("aws:budgets/budget:Budget");
  const notification = (notificationType: string, threshold: number) => ({
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberSnsTopicArns: ["topic"],
  });
  expect(inputs).toEqual({
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: "500",
    limitUnit: "USD",
    costFilters: [{ name: "TagKeyValue", values: ["user:Environment$dev"] }],
    notifications: [notification("ACTUAL", 80), notification("ACTUAL", 100), notification("FORECASTED", 110)],
  });
});

test("A cost anomaly of the environment is notified immediately from the given amount on", async () => {
  const plan = await planBudget();
  const monitor = plan.one("aws:costexplorer/anomalyMonitor:AnomalyMonitor");
  const subscription = plan.one("aws:costexplorer/anomalySubscription:AnomalySubscription");
  expect(JSON.parse(String(monitor.inputs.monitorSpecification))).toEqual({
    Tags: { Key: "Environment", Values: ["dev"], MatchOptions: ["EQUALS"] },
  });
  expect(subscription.inputs).toEqual({
    name: "task-dev",
    frequency: "IMMEDIATE",
    monitorArnLists: [monitor.outputs.arn],
    subscribers: [{ type: "SNS", address: "topic" }],
    thresholdExpression: {
      dimension: {
        key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
        matchOptions: ["GREATER_THAN_OR_EQUAL"],
        values: ["50"],
      },
    },
  });
});

test("Invalid amounts are in one message, and nothing is created", async () => {
  const settings = { monthlyUsd: 0, anomalyUsd: Number.NaN };
  expect(checkBudgetSettings(settings).map(({ argument }) => argument)).toEqual(["monthlyUsd", "anomalyUsd"]);
  await expect(planBudget({ ...base, settings })).rejects.toThrow("2 problems, nothing was created");
});
