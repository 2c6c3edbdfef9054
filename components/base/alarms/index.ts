export {
  type AlarmArgs,
  type AlarmComparison,
  type AlarmSpec,
  type AlarmStatistic,
  createAlarms,
} from "./alarms.ts";
export { createShareAlarms, type ShareAlarmSpec } from "./share-alarms.ts";
