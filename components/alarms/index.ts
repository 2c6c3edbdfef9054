export {
  type AlarmArgs,
  type AlarmComparison,
  type AlarmSpec,
  type AlarmStatistic,
  createAlarms,
} from "./alarms.ts";
