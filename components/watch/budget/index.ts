export { Budget, type BudgetArgs, checkBudgetSettings } from "./budget.ts";
export type { BudgetSettings } from "./settings.ts";
