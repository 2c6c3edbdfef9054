export { criticalPath, type PathStep } from "./critical-path.ts";
export { creationMinutes, humanMinutes } from "./durations.ts";
export { type RecoveryPoint, recoveryPoints } from "./recovery-points.ts";
export { objectives, type RecoveryReport, recoveryReport, recoveryTables } from "./report.ts";
