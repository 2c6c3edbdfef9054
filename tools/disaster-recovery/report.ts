import type { Plan } from "../plan/index.ts";
import { criticalPath, type PathStep } from "./critical-path.ts";
import { humanMinutes } from "./durations.ts";
import { type RecoveryPoint, recoveryPoints } from "./recovery-points.ts";

/** docs/requirements.md, platform. */
export const objectives = { recoveryPointMinutes: 60, recoveryTimeMinutes: 240 } as const;

export interface DisasterRecoveryReport {
  readonly points: readonly RecoveryPoint[];
  readonly path: readonly PathStep[];
  /** Minutes from the loss of the region until the standby answers, if everything has to be created. */
  readonly recoveryTimeMinutes: number;
  /** Missed objectives. */
  readonly problems: readonly string[];
}

/** Computes from two plans what is lost with the home region, and how long the recovery takes. */
export function disasterRecoveryReport(primary: Plan, standby: Plan): DisasterRecoveryReport {
  const points = recoveryPoints(primary, standby);
  const path = criticalPath(standby);
  const machine = path.reduce((sum, step) => sum + step.minutes, 0);
  const human = Object.values(humanMinutes).reduce((sum, minutes) => sum + minutes, 0);
  const recoveryTimeMinutes = Math.ceil(machine + human);
  const late = points
    .filter(({ minutes }) => minutes === undefined || minutes > objectives.recoveryPointMinutes)
    .map(
      ({ data, minutes, means }) =>
        `${data}: ${minutes === undefined ? "lost" : `${minutes} min`} (${means})`,
    );
  const slow =
    recoveryTimeMinutes > objectives.recoveryTimeMinutes
      ? [`recovery takes ${recoveryTimeMinutes} min of ${objectives.recoveryTimeMinutes}`]
      : [];
  return { points, path, recoveryTimeMinutes, problems: [...late, ...slow] };
}

/** The report as the tables of docs/disaster-recovery.md. */
export function disasterRecoveryTables(report: DisasterRecoveryReport): string {
  const big = report.path.filter(({ minutes }) => minutes >= 1);
  const small = report.path.filter(({ minutes }) => minutes < 1);
  const smallMinutes = small.reduce((sum, { minutes }) => sum + minutes, 0);
  return [
    `Recovery point: at most ${objectives.recoveryPointMinutes} minutes.`,
    "",
    "| data | lost at most | by |",
    "|---|---|---|",
    ...report.points.map(
      ({ data, minutes, means }) =>
        `| ${data} | ${minutes === undefined ? "everything" : `${minutes} min`} | ${means} |`,
    ),
    "",
    `Recovery time: at most ${objectives.recoveryTimeMinutes} minutes; computed ${report.recoveryTimeMinutes}, even if nothing of the standby is there yet.`,
    "",
    "| step of the longest chain | minutes |",
    "|---|---|",
    `| notice and decide | ${humanMinutes.decision} |`,
    `| prepare | ${humanMinutes.preparation} |`,
    `| delete the empty database | ${humanMinutes.makingRoom} |`,
    ...big.map(
      ({ type, name, minutes }) =>
        // The name of a job contains a digest of its image, which this table does not need.
        `| \`${type.split(":").at(-1)}\` ${name.replace(/-[0-9a-f]{8}$/, "")} | ${minutes} |`,
    ),
    `| ${small.length} small ones between them | ${Math.round(smallMinutes * 10) / 10} |`,
    `| names follow | ${humanMinutes.names} |`,
  ].join("\n");
}
