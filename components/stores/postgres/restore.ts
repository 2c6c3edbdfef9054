import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../base/core/index.ts";

/** The copy that a new instance begins with. */
export interface PostgresRestore {
  /**
   * A replicated backup in the region of the block (`arn:aws:rds:<region>:<account>:auto-backup:ab-…`), or the `db-…` id
   * of an instance there, which may be gone as long as its automated backups are kept.
   */
  readonly from: string;
  /** "latest", or a moment in UTC that the backups reach, such as "2026-11-24T09:30:00Z". */
  readonly time: string;
  /** Key of the copy. RDS keeps it for the new instance and takes no other, so it is told here, not chosen. */
  readonly keyArn: pulumi.Input<string>;
}

/** How the parts are written; `region` and `account` are captured. */
export const restoreForms = {
  backup: /^arn:aws:rds:(?<region>[a-z0-9-]+):(?<account>\d{12}):auto-backup:ab-[a-z0-9]{10,60}$/,
  instance: /^db-[A-Z0-9]{10,60}$/,
  key: /^arn:aws:kms:(?<region>[a-z0-9-]+):(?<account>\d{12}):key\/[0-9a-f-]{10,60}$/,
  isMoment,
} as const;

/** Where the new instance will be: what it is made from must be there as well. */
interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** Everything wrong with a restore; arguments are named without a path. A key that is not told yet is not judged. */
export function restoreProblems(
  {
    from,
    time,
    keyArn,
  }: Omit<PostgresRestore, "keyArn"> & Record<"keyArn", pulumi.Input<string> | undefined>,
  place: Place,
  now = new Date(),
): Problem[] {
  return [
    ...sourceProblems(from, place),
    ...timeProblems(time, now),
    // What is known only after creation was made by the program, in this account and region.
    ...(typeof keyArn === "string" ? keyProblems(keyArn, place) : []),
  ];
}

/**
 * The part of the inputs that a restore decides. The provider hands RDS the source, and what a restore takes: class,
 * subnets, groups, parameters, IAM, logs, standby; then it sets password and monitoring. Backup days and windows,
 * statistics and certificate come from RDS, and from the page with the next deploy.
 *
 * No name of the database: the provider would pass it on, and RDS takes none for PostgreSQL (from memory: "DBName must
 * be null when restoring for this engine"). The major is not passed either; another one than that of the source fails,
 * because the parameter group is of its family.
 */
export function restoreInputs({ from, time, keyArn }: PostgresRestore): Partial<aws.rds.InstanceArgs> {
  return {
    kmsKeyId: keyArn,
    restoreToPointInTime: {
      ...(restoreForms.backup.test(from)
        ? { sourceDbInstanceAutomatedBackupsArn: from }
        : { sourceDbiResourceId: from }),
      ...(time === "latest" ? { useLatestRestorableTime: true } : { restoreTime: time }),
    },
  };
}

function sourceProblems(from: string, { region, accountId }: Place): Problem[] {
  if (restoreForms.instance.test(from)) return [];
  const backup = restoreForms.backup.exec(from)?.groups;
  if (backup?.region === region && backup.account === accountId) return [];
  return [
    {
      argument: "from",
      given: `"${from}"`,
      allowed: `arn:aws:rds:${region}:${accountId}:auto-backup:ab-…, or the db-… id of an instance there`,
      fix: `take what "aws rds describe-db-instance-automated-backups --region ${region}" lists`,
    },
  ];
}

function timeProblems(time: string, now: Date): Problem[] {
  if (time === "latest") return [];
  if (isMoment(time) && Date.parse(time) < now.getTime()) return [];
  return [
    {
      argument: "time",
      given: `"${time}"${isMoment(time) ? ", which is still to come" : ""}`,
      allowed:
        '"latest", or a moment that has passed, in UTC and whole seconds, such as 2026-11-24T09:30:00Z',
      fix: 'take "latest" after the loss of a region, and a minute before it after a mistake',
    },
  ];
}

function keyProblems(keyArn: string, { region, accountId }: Place): Problem[] {
  const key = restoreForms.key.exec(keyArn)?.groups;
  if (key?.region === region && key.account === accountId) return [];
  return [
    {
      argument: "keyArn",
      given: `"${keyArn}"`,
      allowed: `arn:aws:kms:${region}:${accountId}:key/…`,
      fix: "take the KmsKeyId that is listed beside the copy; an alias is not what RDS answers with",
    },
  ];
}

/** Whether a text is a moment that exists: 30 February is none, though it parses. */
function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString() === text.replace("Z", ".000Z");
}
