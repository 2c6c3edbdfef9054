export { criticalPath } from "./critical-path.ts";

export { recoveryPoints } from "./recovery-points.ts";
export {
  disasterRecoveryReport,
  disasterRecoveryTables,
  objectives,
} from "./report.ts";
