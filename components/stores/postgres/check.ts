import { isWhole, logRetentionProblems, type Problem } from "../../base/core/index.ts";
import { instanceClasses } from "./instance-classes.ts";
import type { PostgresSettings } from "./settings.ts";
import { postgresVersions, supportProblems } from "./versions.ts";

const monitoringSeconds = [0, 1, 5, 10, 15, 30, 60];

/** gp3 on RDS begins at 20 GiB and ends at 64 TiB. */
const storageBounds = { smallest: 20, largest: 65_536 };

/** RDS makes no more replicas of one instance. */
const mostReplicas = 15;

/**
 * Everything wrong with what an environment says about its database.
 *
 * With `today` the support calendar is asked too. The block does not give it; the tests over all environments do.
 */
export function checkPostgresSettings(settings: PostgresSettings, today?: Date): Problem[] {
  return [
    ...engineProblems(settings),
    ...updateProblems(settings),
    ...(today ? supportProblems(settings.majorVersion, today) : []),
    ...storageProblems(settings),
    ...backupProblems(settings),
    ...observationProblems(settings),
  ];
}

function engineProblems(settings: PostgresSettings): Problem[] {
  const problems: Problem[] = [];
  if (!Object.hasOwn(postgresVersions, settings.majorVersion)) {
    problems.push({
      argument: "majorVersion",
      given: `"${settings.majorVersion}"`,
      allowed: Object.keys(postgresVersions).toSorted().join(", "),
      fix: "name a major only; minors follow by themselves",
    });
  }
  if (!Object.hasOwn(instanceClasses, settings.instanceClass)) {
    problems.push({
      argument: "instanceClass",
      given: `"${settings.instanceClass}"`,
      allowed: Object.keys(instanceClasses).toSorted().join(", "),
      fix: "choose one of these, or add the class with its memory to components/postgres/instance-classes.ts",
    });
  }
  if (!isWhole(settings.readReplicas, 0, mostReplicas)) {
    problems.push({
      argument: "readReplicas",
      given: String(settings.readReplicas),
      allowed: `0 to ${mostReplicas}`,
      fix: "use 0 to serve lists from the primary",
    });
  }
  return problems;
}

/** RDS refuses replicas and blue/green beside a password that it manages, and the provider blue/green beside replicas. */
function updateProblems(settings: PostgresSettings): Problem[] {
  const { masterPassword, readReplicas, recoveryRetentionDays, updates } = settings;
  const problems: Problem[] = [];
  if (masterPassword === "rds" && (readReplicas > 0 || updates === "blue-green")) {
    problems.push({
      argument: "masterPassword",
      given: `"rds" with ${readReplicas > 0 ? `${readReplicas} replicas` : 'updates "blue-green"'}`,
      allowed: '"own"',
      fix: 'set "own" and deploy before anything else: a database whose password RDS manages can be neither copied nor replicated',
    });
  }
  if (updates === "blue-green" && readReplicas > 0) {
    problems.push({
      argument: "updates",
      given: `"blue-green" with ${readReplicas} replicas`,
      allowed: '"in-place", or no replicas',
      fix: "take the replicas away for the update: the provider makes no copy of an instance that has some",
    });
  }
  if (updates === "blue-green" && recoveryRetentionDays > 0) {
    problems.push({
      argument: "updates",
      given: `"blue-green" with copies in the recovery region for ${recoveryRetentionDays} days`,
      allowed: '"in-place", or recoveryRetentionDays 0',
      fix: "keep in-place: the copies are those of the instance that goes, and nothing starts them again for the one that comes",
    });
  }
  return problems;
}

function storageProblems(settings: PostgresSettings): Problem[] {
  const { storageGiB, maxStorageGiB } = settings;
  const problems: Problem[] = [];
  if (!isWhole(storageGiB, storageBounds.smallest, storageBounds.largest)) {
    problems.push({
      argument: "storageGiB",
      given: String(storageGiB),
      allowed: `${storageBounds.smallest} to ${storageBounds.largest}`,
      fix: "storage never shrinks, so begin small and let it grow",
    });
  }
  // Growth comes in steps of a tenth and at most every six hours; half again is room for a bad week.
  const leastCeilingGiB = Math.ceil(storageGiB * 1.5);
  if (!isWhole(maxStorageGiB, leastCeilingGiB, storageBounds.largest)) {
    problems.push({
      argument: "maxStorageGiB",
      given: String(maxStorageGiB),
      allowed: `${leastCeilingGiB} to ${storageBounds.largest}, 1.5 times storageGiB or more`,
      fix: "raise the ceiling: it costs nothing until it is used",
    });
  }
  return problems;
}

function backupProblems(settings: PostgresSettings): Problem[] {
  const { backupRetentionDays, recoveryRetentionDays } = settings;
  const problems: Problem[] = [];
  // 0 would switch off point-in-time restore, replicas and replication, so nobody may ask for it.
  if (!isWhole(backupRetentionDays, 1, 35)) {
    problems.push({
      argument: "backupRetentionDays",
      given: String(backupRetentionDays),
      allowed: "1 to 35",
      fix: "use 1 where data can be lost; older copies belong in a backup vault",
    });
  }
  if (!isWhole(recoveryRetentionDays, 0, 35)) {
    problems.push({
      argument: "recoveryRetentionDays",
      given: String(recoveryRetentionDays),
      allowed: "0 for no copies in the recovery region, or 1 to 35",
      fix: "use 0 where the region may be lost with its data",
    });
  }
  return problems;
}

function observationProblems(settings: PostgresSettings): Problem[] {
  const problems: Problem[] = [];
  if (!monitoringSeconds.includes(settings.monitoringSeconds)) {
    problems.push({
      argument: "monitoringSeconds",
      given: String(settings.monitoringSeconds),
      allowed: monitoringSeconds.join(", "),
      fix: "use 60 unless an incident needs more",
    });
  }
  if (!isInsightsRetention(settings.insightsRetentionDays)) {
    problems.push({
      argument: "insightsRetentionDays",
      given: String(settings.insightsRetentionDays),
      allowed: "7, 731, or months of 31 days up to 713",
      fix: "use 7, which is free",
    });
  }
  return [...problems, ...logRetentionProblems(settings.logRetentionDays)];
}

function isInsightsRetention(days: number): boolean {
  return days === 7 || days === 731 || (days % 31 === 0 && isWhole(days / 31, 1, 23));
}
