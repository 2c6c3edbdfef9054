import { expect, test } from "vitest";
import { checkEnvironment } from "../../program.ts";
import { rawConfig } from "../test/raw-config.ts";

/** Dev is in us-east-1. */
const copy = {
  databaseRestoreFrom: `arn:aws:rds:us-east-1:222222222222:auto-backup:ab-${"a1".repeat(20)}`,
  databaseRestoreTime: "2026-11-24T09:30:00Z",
  databaseRestoreKeyArn: "arn:aws:kms:us-east-1:222222222222:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
};
const problemsOf = (keys: Readonly<Record<string, string>>) =>
  checkEnvironment("dev", { ...rawConfig, ...keys }).problems;
const named = (keys: Readonly<Record<string, string>>) => problemsOf(keys).map(({ argument }) => argument);
const at = (key: string) => `task-platform:${key} (Pulumi.dev.yaml)`;

test("an operator may name a backup, a time and a key; no stack file has them", () => {
  expect(problemsOf(copy)).toEqual([]);
  expect(problemsOf({ ...copy, databaseRestoreTime: "latest" })).toEqual([]);
  const none = { databaseRestoreFrom: "", databaseRestoreTime: "", databaseRestoreKeyArn: "" };
  expect(problemsOf(none)).toEqual([]);
  const { environment } = checkEnvironment("dev", { ...rawConfig, ...none });
  expect(environment?.config).not.toHaveProperty("databaseRestoreFrom");
});

test("a backup of an instance of the stack needs no key, because it has the data key", () => {
  expect(problemsOf({ databaseRestoreFrom: `db-${"A1".repeat(13)}` })).toEqual([]);
});

test("a replicated backup needs its key, and the message says how to find it", () => {
  const { databaseRestoreKeyArn: _, ...rest } = copy;
  expect(problemsOf(rest)).toMatchObject([
    { argument: at("databaseRestoreKeyArn"), given: "nothing", fix: expect.stringContaining("us-east-1") },
  ]);
});

test("all problems of a restore are reported at once: region, account, future time", () => {
  const wrong = {
    databaseRestoreFrom: copy.databaseRestoreFrom.replace("us-east-1", "eu-west-1"),
    databaseRestoreTime: "2099-01-01T00:00:00Z",
    databaseRestoreKeyArn: copy.databaseRestoreKeyArn.replace("222222222222", "333333333333"),
  };
  expect(named(wrong)).toEqual(Object.keys(wrong).map(at));
  expect(problemsOf(wrong)[0]?.allowed).toContain("arn:aws:rds:us-east-1:222222222222:auto-backup:ab-…");
  expect(problemsOf(wrong)[1]?.given).toContain("in the future");
});

test("values that are no backup, time or key are reported at once", () => {
  const wrong = {
    databaseRestoreFrom: "task-prod-database",
    databaseRestoreTime: "2026-02-30T00:00:00Z",
    databaseRestoreKeyArn: "alias/task-prod-recovery-data",
  };
  expect(named(wrong)).toEqual(Object.keys(wrong).map(at));
});

test("a time or a key without a backup is refused", () => {
  const { databaseRestoreFrom: _, ...rest } = copy;
  expect(named(rest)).toEqual([at("databaseRestoreTime"), at("databaseRestoreKeyArn")]);
});
