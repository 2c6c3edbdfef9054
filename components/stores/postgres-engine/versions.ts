import { type Problem, unless } from "../../base/core/index.ts";

/** What the choice of a major version fixes. */
export interface PostgresVersion {
  /** Family of its parameter groups. */
  readonly family: string;
  /** First day, in UTC, without standard support. From then on RDS charges a fee per vCPU hour. */
  readonly standardSupportEnds: string;
}

/**
 * Allowed majors, newest first. RDS supports a major for five years after its own release of it. Both dates were read on
 * 2026-11-24 from a citation of the RDS release calendar.
 */
export const postgresVersions: Readonly<Record<string, PostgresVersion>> = {
  "18": { family: "postgres18", standardSupportEnds: "2031-02-28" },
  "17": { family: "postgres17", standardSupportEnds: "2030-02-28" },
};

/** A major upgrade of a production database needs a rehearsal, a freeze and a window: at least two months. */
const noticeDays = 60;

/** Majors whose support ends soon. Only tests call it: an emergency deploy must not fail because of a date. */
export function supportProblems(majorVersion: string, today: Date): Problem[] {
  const version = postgresVersions[majorVersion];
  if (!version) return [];
  const days = Math.floor((Date.parse(version.standardSupportEnds) - today.getTime()) / 86_400_000);
  return unless(days >= noticeDays, {
    argument: "majorVersion",
    given: `"${majorVersion}", whose standard support ends in ${days} days`,
    allowed: `a major with ${noticeDays} days of support or more`,
    fix: "plan the upgrade to a newer major in components/stores/postgres-engine/versions.ts",
  });
}
