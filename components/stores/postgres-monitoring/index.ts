export { createEventSubscriptions } from "./event-subscriptions.ts";
export { createInstanceAlarms } from "./instance-alarms.ts";
export { createLogGroups, exportedLogs } from "./log-groups.ts";
export { createMonitoringRole } from "./monitoring-role.ts";
