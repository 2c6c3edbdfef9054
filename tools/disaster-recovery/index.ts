export { criticalPath, type PathStep } from "./critical-path.ts";
export { creationMinutes, humanMinutes } from "./durations.ts";
export { type RecoveryPoint, recoveryPoints } from "./recovery-points.ts";
export {
  type DisasterRecoveryReport,
  disasterRecoveryReport,
  disasterRecoveryTables,
  objectives,
} from "./report.ts";
