export { Alerts, createAlertTopic } from "./alerts.ts";
