export { Alerts, type AlertsArgs, createAlertTopic } from "./alerts.ts";
