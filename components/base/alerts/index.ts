export { Alerts, createAlertTopic } from "./alerts.ts";
export type { AlertsArgs } from "./args.ts";
