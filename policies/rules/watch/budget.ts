import { declared, list, type Rule, record } from "../../kit/index.ts";

export const budgetRules: readonly Rule[] = [
  declared({
    id: "cost-budgeted",
    controls: ["CW-14"],
    severity: "low",
    type: "aws:budgets/budget:Budget",
    is: ({ notifications }) =>
      [80, 100].every((threshold) =>
        list(notifications).some((one) => Number(record(one).threshold) === threshold),
      ),
    wanted: "a budget that notifies at 80 and 100 percent",
    whatToDo: "add a budget for the environment",
    pass: { notifications: [{ threshold: 80 }, { threshold: 100 }] },
    fail: { notifications: [{ threshold: 100 }] },
  }),
];
