export { createAlarms } from "./alarms.ts";
export type { AlarmSpec, ShareAlarmSpec } from "./args.ts";
export { createShareAlarms } from "./share-alarms.ts";
