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

test("A database is made from a replicated backup, with everything else the page asks for", async () => {
  const [empty, restored] = [await planPostgres(), await planPostgres({ restore: copy })];
  const { finalSnapshotIdentifier: _one, dbName, kmsKeyId, ...before } = empty.one(instanceType).inputs;
  const { finalSnapshotIdentifier: _other, ...after } = restored.one(instanceType).inputs;
  expect([dbName, kmsKeyId]).toEqual(["tasks", "key-data"]);
  // The name of the database is in the copy: RDS takes none. The key is that of the copy: RDS takes no other.
  expect(after).toEqual({
    ...before,
    kmsKeyId: copy.keyArn,
    restoreToPointInTime: { sourceDbInstanceAutomatedBackupsArn: backup, useLatestRestorableTime: true },
  });
  expect(restored.resources.length).toBe(empty.resources.length);
});

test("A database is made from the kept backups of an instance, as it was at a moment", async () => {
  const from = `db-${"A1".repeat(13)}`;
  const plan = await planPostgres({ restore: { ...copy, from, time: "2026-11-24T09:30:00Z" } });
  expect(plan.one(instanceType).inputs.restoreToPointInTime).toEqual({
    sourceDbiResourceId: from,
    restoreTime: "2026-11-24T09:30:00Z",
  });
});

test("Once it is there, no copy, key, name or owner that is set or taken away replaces a database", async () => {
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

test("A restored database ends under another name than the one whose place it took", async () => {
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
])("As %s of a restore %s is refused with what is allowed", (part, text) => {
  const problems = restoreProblems({ ...copy, [part]: text }, place, now);
  expect(problems).toMatchObject([{ argument: part }]);
  expect(problems[0]?.given).toContain(`"${text}"`);
});

test("What is right is let through, and a moment is one that the calendar has", () => {
  for (const time of ["latest", "2026-11-25T11:59:59Z"]) {
    expect(restoreProblems({ ...copy, time }, place, now)).toEqual([]);
  }
  expect(["2024-02-29T00:00:00Z", "2026-02-29T00:00:00Z"].map(restoreForms.isMoment)).toEqual([true, false]);
});

test("A wrong restore is refused with everything that is wrong, before anything is made", async () => {
  const restore = { from: "task-prod-database", time: "soon", keyArn: "key" };
  await expect(planPostgres({ restore })).rejects.toThrow(
    /3 problems, nothing was created[\s\S]*restore\.from[\s\S]*restore\.time[\s\S]*restore\.keyArn/,
  );
});
