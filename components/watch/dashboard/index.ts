export type { DashboardArgs } from "./args.ts";
export { Dashboard } from "./dashboard.ts";
