export type { BudgetArgs } from "./args.ts";
export { Budget } from "./budget.ts";
export { checkBudgetSettings } from "./check.ts";
