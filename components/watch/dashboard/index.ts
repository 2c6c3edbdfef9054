export { Dashboard, type DashboardArgs } from "./dashboard.ts";
export { type PlatformNames, platformSections } from "./sections.ts";
export { dashboardBody, type Graph, type Metric, type Section } from "./widgets.ts";
