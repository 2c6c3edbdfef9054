import { expect, test } from "vitest";
import { type PostgresRestore, restoreForms, restoreProblems } from "./index.ts";
import { instanceType, planPostgres } from "./test/plan-postgres.ts";

const place = { region: "us-east-1", accountId: "123456789012" };
const backup = `arn:aws:rds:us-east-1:123456789012:auto-backup:ab-${"a1".repeat(20)}`;
const copy: PostgresRestore = {
  from: backup,
  time: "latest",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
};

test("A database is created from a replicated backup, with all other inputs of the settings", async () => {
  const [empty, restored] = [await planPostgres(), await planPostgres({ restore: copy })];
  const { finalSnapshotIdentifier: _one, dbName, kmsKeyId, ...before } = empty.one(instanceType).inputs;
  const { finalSnapshotIdentifier: _other, ...after } = restored.one(instanceType).inputs;
  expect([dbName, kmsKeyId]).toEqual(["tasks", "key-data"]);
  // Database name and key come from the backup: RDS accepts no name and no other key.
  expect(after).toEqual({
    ...before,
    kmsKeyId: copy.keyArn,
    restoreToPointInTime: { sourceDbInstanceAutomatedBackupsArn: backup, useLatestRestorableTime: true },
  });
  expect(restored.resources.length).toBe(empty.resources.length);
});

test("A database is created from the kept backups of an instance, as it was at a given time", async () => {
  const from = `db-${"A1".repeat(13)}`;
  const plan = await planPostgres({ restore: { ...copy, from, time: "2026-11-24T09:30:00Z" } });
  expect(plan.one(instanceType).inputs.restoreToPointInTime).toEqual({
    sourceDbiResourceId: from,
    restoreTime: "2026-11-24T09:30:00Z",
  });
});

test("After creation, no change of restore, key, name or master user replaces a database", async () => {
  for (const restore of [undefined, copy]) {
    const plan = await planPostgres(restore ? { restore } : {});
    expect(plan.one(instanceType).options.ignoreChanges).toEqual([
      "snapshotIdentifier",
      "restoreToPointInTime",
      "kmsKeyId",
      "dbName",
      "username",
    ]);
  }
});

test("Where AWS Backup backs up continuously, retention and window are its own after creation", async () => {
  const { inputs, options } = (await planPostgres({ continuousBackup: true })).one(instanceType);
  expect(inputs).toMatchObject({ backupRetentionPeriod: 35, backupWindow: "02:30-03:30" });
  expect(options.ignoreChanges.slice(-2)).toEqual(["backupRetentionPeriod", "backupWindow"]);
});

test("The last snapshot of a restored database has another name than that of its predecessor", async () => {
  const suffix = async (restore?: PostgresRestore) =>
    (await planPostgres(restore ? { restore } : {})).one("random:index/randomId:RandomId").inputs.keepers;
  expect(await suffix(copy)).toEqual({ ...((await suffix()) as object), restored: `${backup} latest` });
});

const now = new Date("2026-11-25T12:00:00Z");
test.each<[keyof PostgresRestore, string]>([
  ["from", "task-prod-database"],
  ["from", "db-lowercase0"],
  ["from", backup.replace("us-east-1", "eu-west-1")],
  ["from", backup.replace("123456789012", "210987654321")],
  ["from", backup.replace("auto-backup:ab", "snapshot:ab")],
  ["from", `${backup}*`],
  ["time", "yesterday"],
  ["time", ""],
  ["time", "2026-11-24"],
  ["time", "2026-11-24T09:30:00+01:00"],
  ["time", "2026-02-30T09:30:00Z"],
  ["time", "2026-11-25T12:00:00Z"],
  ["keyArn", "arn:aws:kms:us-east-1:123456789012:alias/task-prod-recovery-data"],
  ["keyArn", "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-4e5f"],
  ["keyArn", "arn:aws:kms:us-east-1:210987654321:key/0a1b2c3d-4e5f"],
])("A restore with the %s %s is refused", (part, text) => {
  const problems = restoreProblems({ ...copy, [part]: text }, place, now);
  expect(problems).toMatchObject([{ argument: part }]);
  expect(problems[0]?.given).toContain(`"${text}"`);
});

test("Sound values are accepted, and a time must exist in the calendar", () => {
  for (const time of ["latest", "2026-11-25T11:59:59Z"]) {
    expect(restoreProblems({ ...copy, time }, place, now)).toEqual([]);
  }
  expect(["2024-02-29T00:00:00Z", "2026-02-29T00:00:00Z"].map(restoreForms.isMoment)).toEqual([true, false]);
});
