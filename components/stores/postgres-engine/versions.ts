import type { Problem } from "../../base/core/index.ts";

/** What is fixed by the choice of a major. */
export interface PostgresVersion {
  /** Family of its parameter groups. */
  readonly family: string;
  /** First day, in UTC, without standard support; after it RDS would charge a fee for each vCPU hour. */
  readonly standardSupportEnds: string;
}

/**
 * Majors that may run, newest first. RDS gives five years from its own release of a major; both dates were read on
 * 2026-11-24 from the RDS release calendar as the survey of the state of the art cites it.
 */
export const postgresVersions: Readonly<Record<string, PostgresVersion>> = {
  "18": { family: "postgres18", standardSupportEnds: "2031-02-28" },
  "17": { family: "postgres17", standardSupportEnds: "2030-02-28" },
};

/** A major upgrade of a production database wants a rehearsal, a freeze and a window: two months at least. */
const noticeDays = 60;

/** What the calendar says against a major. Only tests ask: an emergency deploy must not fail because a date went by. */
export function supportProblems(majorVersion: string, today: Date): Problem[] {
  const version = postgresVersions[majorVersion];
  if (!version) return [];
  const days = Math.floor((Date.parse(version.standardSupportEnds) - today.getTime()) / 86_400_000);
  if (days >= noticeDays) return [];
  return [
    {
      argument: "majorVersion",
      given: `"${majorVersion}", whose standard support ends in ${days} days`,
      allowed: `a major with ${noticeDays} days of support or more`,
      fix: "plan the upgrade to a newer major in components/postgres/versions.ts",
    },
  ];
}
