import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Budget, type BudgetArgs, checkBudgetSettings } from "./index.ts";

const base: BudgetArgs = {
  settings: { monthlyUsd: 500, anomalyUsd: 50 },
  environmentTag: "dev",
  topicArn: "topic",
};

const planBudget = (args: BudgetArgs = base) => planProgram(() => void new Budget("budget", args));

test("A budget counts what carries the environment's tag and tells of 80, 100 and forecast 110 percent", async () => {
  const { inputs } = (await planBudget()).one("aws:budgets/budget:Budget");
  expect(inputs).toMatchObject({
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: "500",
    limitUnit: "USD",
    costFilters: [{ name: "TagKeyValue", values: ["user:Environment$dev"] }],
  });
  const notifications = inputs.notifications as Record<string, unknown>[];
  expect(notifications.map((n) => [n.notificationType, n.threshold, n.subscriberSnsTopicArns])).toEqual([
    ["ACTUAL", 80, ["topic"]],
    ["ACTUAL", 100, ["topic"]],
    ["FORECASTED", 110, ["topic"]],
  ]);
});

test("A jump of the environment's costs is told at once from the given amount on", async () => {
  const plan = await planBudget();
  const monitor = plan.one("aws:costexplorer/anomalyMonitor:AnomalyMonitor");
  const subscription = plan.one("aws:costexplorer/anomalySubscription:AnomalySubscription");
  expect(JSON.parse(String(monitor.inputs.monitorSpecification))).toEqual({
    Tags: { Key: "Environment", Values: ["dev"], MatchOptions: ["EQUALS"] },
  });
  expect(subscription.inputs).toMatchObject({
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

test("Amounts that are none are named together and nothing is made", async () => {
  const settings = { monthlyUsd: 0, anomalyUsd: Number.NaN };
  expect(checkBudgetSettings(settings).map(({ argument }) => argument)).toEqual(["monthlyUsd", "anomalyUsd"]);
  await expect(planBudget({ ...base, settings })).rejects.toThrow("2 problems, nothing was created");
});
