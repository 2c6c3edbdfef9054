import {
  choiceProblems,
  isWhole,
  listed,
  logRetentionProblems,
  type Problem,
  under,
  unless,
  wholeNumberProblems,
} from "../../base/core/index.ts";
import {
  connectionProblems,
  instanceClasses,
  postgresVersions,
  supportProblems,
} from "../postgres-engine/index.ts";
import type { PostgresArgs } from "./args.ts";
import { restoreProblems } from "./restore.ts";
import { monitoringSeconds, type PostgresSettings } from "./settings.ts";

/** gp3 on RDS has 20 GiB to 64 TiB. */
const storageBounds = { least: 20, most: 65_536 };

/** The most replicas of one instance in RDS. */
const mostReplicas = 15;

/** Names that scanners try first, or that RDS reserves. */
const guessableUsernames = ["admin", "postgres", "rdsadmin", "root"];

/** Everything wrong with the arguments of the block, its settings included. */
export function postgresProblems(args: PostgresArgs): Problem[] {
  return [
    ...under("settings", checkPostgresSettings(args.settings)),
    ...connectionProblems({ instanceClass: args.settings.instanceClass, pools: args.connectionPools }),
    ...nameProblems(args),
    ...networkProblems(args),
    ...recoveryRegionProblems(args),
    ...readerProblems(args),
    ...(args.restore ? under("restore", restoreProblems(args.restore, args)) : []),
  ];
}

function nameProblems({ identifier, databaseName, masterUsername }: PostgresArgs): Problem[] {
  const isSqlName = (text: string) => /^[a-z][a-z0-9_]{0,62}$/.test(text);
  return [
    // RDS allows 63 characters, and the suffixes "-replica-15" and "-final-12345678" must fit.
    ...unless(/^[a-z](?:-?[a-z0-9]){0,46}$/.test(identifier), {
      argument: "identifier",
      given: `"${identifier}"`,
      allowed: "at most 47 lower-case letters, digits and single hyphens, beginning with a letter",
      fix: 'name it like "task-prod-database"',
    }),
    ...unless(isSqlName(databaseName), {
      argument: "databaseName",
      given: `"${databaseName}"`,
      allowed: "1 to 63 lower-case letters, digits and underscores, beginning with a letter",
      fix: "choose a name that needs no quotes in SQL",
    }),
    ...unless(isSqlName(masterUsername) && !guessableUsernames.includes(masterUsername), {
      argument: "masterUsername",
      given: `"${masterUsername}"`,
      allowed: `1 to 63 lower-case letters, digits and underscores, and none of ${guessableUsernames.join(", ")}`,
      fix: 'choose a name of your own, such as "task_owner"',
    }),
  ];
}

function networkProblems({ subnetIds, clientSecurityGroupIds }: PostgresArgs): Problem[] {
  const zones = Object.keys(subnetIds).toSorted();
  return [
    ...unless(zones.length >= 2, {
      argument: "subnetIds",
      given: listed(zones),
      allowed: "subnets in two zones or more",
      fix: "pass the data subnets of every zone; RDS requires two even without a standby",
    }),
    ...unless(Object.keys(clientSecurityGroupIds).length > 0, {
      argument: "clientSecurityGroupIds",
      given: "none",
      allowed: "one security group or more",
      fix: "pass the security groups of the nodes or pods that use the database",
    }),
  ];
}

function recoveryRegionProblems({
  settings,
  region,
  recoveryRegion,
  recoveryKeyArn,
}: PostgresArgs): Problem[] {
  if (settings.recoveryRetentionDays <= 0) return [];
  return [
    ...unless(recoveryKeyArn !== undefined, {
      argument: "recoveryKeyArn",
      given: "none",
      allowed: `a key in ${recoveryRegion}`,
      fix: "create a key there, or set settings.recoveryRetentionDays to 0",
    }),
    ...unless(recoveryRegion !== region, {
      argument: "recoveryRegion",
      given: `"${recoveryRegion}", the region of the database itself`,
      allowed: "another region",
      fix: "name the recovery region, or set settings.recoveryRetentionDays to 0",
    }),
  ];
}

function readerProblems({ accountId, masterSecretReaders, settings }: PostgresArgs): Problem[] {
  if (settings.masterPassword === "rds") return [];
  const ofAccount = new RegExp(`^arn:aws:iam::${accountId}:role/[\\w+=,.@/-]+\\*?$`);
  const wrong = masterSecretReaders.filter((arn) => !ofAccount.test(arn));
  return unless(masterSecretReaders.length > 0 && wrong.length === 0, {
    argument: "masterSecretReaders",
    given: listed(wrong),
    allowed: `arn:aws:iam::${accountId}:role/<name>, one or more, with a * only at the end of a name`,
    fix: "name the roles of the migration, of the deploy and of emergency access: no other role could repair it",
  });
}

/**
 * Everything wrong with the PostgreSQL part of an environment spec.
 *
 * With `today`, it also checks the support calendar. Only the tests over all environments pass it, not the block.
 */
export function checkPostgresSettings(settings: PostgresSettings, today?: Date): Problem[] {
  return [
    ...engineProblems(settings),
    ...passwordProblems(settings),
    ...updateProblems(settings),
    ...(today ? supportProblems(settings.majorVersion, today) : []),
    ...storageProblems(settings),
    ...backupProblems(settings),
    ...monitoringProblems(settings),
  ];
}

function engineProblems({ majorVersion, instanceClass, readReplicas }: PostgresSettings): Problem[] {
  return [
    ...choiceProblems(
      "majorVersion",
      majorVersion,
      Object.keys(postgresVersions).toSorted(),
      "name a major version only; RDS updates minors automatically",
    ),
    ...choiceProblems(
      "instanceClass",
      instanceClass,
      Object.keys(instanceClasses).toSorted(),
      "choose one of these, or add the class to components/stores/postgres-engine/instance-classes.ts",
    ),
    ...wholeNumberProblems(
      "readReplicas",
      readReplicas,
      { least: 0, most: mostReplicas },
      "use 0 to serve lists from the primary",
    ),
  ];
}

/** RDS refuses replicas and blue/green updates if it manages the password. */
function passwordProblems({ masterPassword, readReplicas, updates }: PostgresSettings): Problem[] {
  return unless(!(masterPassword === "rds" && (readReplicas > 0 || updates === "blue-green")), {
    argument: "masterPassword",
    given: `"rds" with ${readReplicas > 0 ? `${readReplicas} replicas` : 'updates "blue-green"'}`,
    allowed: '"own"',
    fix: 'set "own" and deploy before anything else: a database whose password RDS manages can be neither copied nor replicated',
  });
}

/** The provider refuses blue/green updates of an instance with replicas. */
function updateProblems({ readReplicas, recoveryRetentionDays, updates }: PostgresSettings): Problem[] {
  if (updates === "in-place") return [];
  return [
    ...unless(readReplicas <= 0, {
      argument: "updates",
      given: `"blue-green" with ${readReplicas} replicas`,
      allowed: '"in-place", or no replicas',
      fix: "remove the replicas for the update: the provider does not copy an instance that has replicas",
    }),
    ...unless(recoveryRetentionDays <= 0, {
      argument: "updates",
      given: `"blue-green" with copies in the recovery region for ${recoveryRetentionDays} days`,
      allowed: '"in-place", or recoveryRetentionDays 0',
      fix: "keep in-place: the copies belong to the old instance, and nothing starts them again for the new one",
    }),
  ];
}

function storageProblems({ storageGiB, maxStorageGiB }: PostgresSettings): Problem[] {
  // Storage grows in steps of 10 %, at most every six hours; 50 % is enough for a bad week.
  const leastCeilingGiB = Math.ceil(storageGiB * 1.5);
  return [
    ...wholeNumberProblems(
      "storageGiB",
      storageGiB,
      storageBounds,
      "begin small and let it grow: storage never shrinks",
    ),
    ...unless(isWhole(maxStorageGiB, leastCeilingGiB, storageBounds.most), {
      argument: "maxStorageGiB",
      given: String(maxStorageGiB),
      allowed: `${leastCeilingGiB} to ${storageBounds.most}, 1.5 times storageGiB or more`,
      fix: "raise the ceiling: it costs nothing until it is used",
    }),
  ];
}

function backupProblems({ backupRetentionDays, recoveryRetentionDays }: PostgresSettings): Problem[] {
  return [
    // 0 would turn off point-in-time restore, replicas and replication, so it is not allowed.
    ...wholeNumberProblems(
      "backupRetentionDays",
      backupRetentionDays,
      { least: 1, most: 35 },
      "use 1 if data may be lost; older backups belong in a backup vault",
    ),
    ...unless(isWhole(recoveryRetentionDays, 0, 35), {
      argument: "recoveryRetentionDays",
      given: String(recoveryRetentionDays),
      allowed: "0 for no copies in the recovery region, or 1 to 35",
      fix: "use 0 if the data may be lost with the region",
    }),
  ];
}

function monitoringProblems(settings: PostgresSettings): Problem[] {
  return [
    ...choiceProblems(
      "monitoringSeconds",
      settings.monitoringSeconds,
      monitoringSeconds,
      "use 60 unless an incident needs more",
    ),
    ...unless(isInsightsRetention(settings.insightsRetentionDays), {
      argument: "insightsRetentionDays",
      given: String(settings.insightsRetentionDays),
      allowed: "7, 731, or months of 31 days up to 713",
      fix: "use 7, which is free",
    }),
    ...logRetentionProblems(settings.logRetentionDays),
  ];
}

function isInsightsRetention(days: number): boolean {
  return days === 7 || days === 731 || (days % 31 === 0 && isWhole(days / 31, 1, 23));
}
