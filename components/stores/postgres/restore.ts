import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Problem, unless } from "../../base/core/index.ts";
import type { PostgresRestore } from "./args.ts";

/** Forms of the parts. The groups `region` and `account` capture those of an ARN. */
export const restoreForms = {
  backup: /^arn:aws:rds:(?<region>[a-z0-9-]+):(?<account>\d{12}):auto-backup:ab-[a-z0-9]{10,60}$/,
  instance: /^db-[A-Z0-9]{10,60}$/,
  key: /^arn:aws:kms:(?<region>[a-z0-9-]+):(?<account>\d{12}):key\/[0-9a-f-]{10,60}$/,
  isMoment,
} as const;

/** Region and account of the new instance; the backup must be there too. */
interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** Everything wrong with a restore; arguments have no path. A key that is not known yet is not checked. */
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
    // The program itself creates a key that is known only after creation, in this account and region.
    ...(typeof keyArn === "string" ? keyProblems(keyArn, place) : []),
  ];
}

/**
 * The inputs that a restore decides. The provider passes the source to RDS together with the inputs that a restore
 * accepts: class, subnets, groups, parameters, IAM, logs, standby; then it sets password and monitoring. Backup days and
 * windows, statistics and certificate first have the defaults of RDS, and those of the settings after the next deploy.
 *
 * There is no database name: the provider would pass it on, and RDS accepts none for PostgreSQL; it answers "DBName must
 * be null when Restoring for this Engine". The major is not passed either. A major that differs from the source fails,
 * because the parameter group has another family.
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
  const backup = restoreForms.backup.exec(from)?.groups;
  const isHere = backup?.region === region && backup.account === accountId;
  return unless(restoreForms.instance.test(from) || isHere, {
    argument: "from",
    given: `"${from}"`,
    allowed: `arn:aws:rds:${region}:${accountId}:auto-backup:ab-…, or the db-… id of an instance there`,
    fix: `use a value that "aws rds describe-db-instance-automated-backups --region ${region}" lists`,
  });
}

function timeProblems(time: string, now: Date): Problem[] {
  const isPast = isMoment(time) && Date.parse(time) < now.getTime();
  return unless(time === "latest" || isPast, {
    argument: "time",
    given: `"${time}"${isMoment(time) ? ", which is in the future" : ""}`,
    allowed: '"latest", or a time in the past, in UTC and whole seconds, such as 2026-11-24T09:30:00Z',
    fix: 'use "latest" after the loss of a region, and a minute before the mistake after a mistake',
  });
}

function keyProblems(keyArn: string, { region, accountId }: Place): Problem[] {
  const key = restoreForms.key.exec(keyArn)?.groups;
  return unless(key?.region === region && key.account === accountId, {
    argument: "keyArn",
    given: `"${keyArn}"`,
    allowed: `arn:aws:kms:${region}:${accountId}:key/…`,
    fix: "use the KmsKeyId that is listed with the backup; RDS does not return aliases",
  });
}

/** Whether a text is a time that exists: 30 February parses, but does not exist. */
function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString() === text.replace("Z", ".000Z");
}
