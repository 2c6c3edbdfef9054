export { Alerts, type AlertsArgs } from "./alerts.ts";
