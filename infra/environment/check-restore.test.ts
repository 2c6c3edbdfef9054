import { expect, test } from "vitest";
import { checkEnvironment } from "../program.ts";
import { rawConfig } from "./test/raw-config.ts";

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

test("an operator may name a copy, its moment and its key, and a stack file names none", () => {
  expect(problemsOf(copy)).toEqual([]);
  expect(problemsOf({ ...copy, databaseRestoreTime: "latest" })).toEqual([]);
  const none = { databaseRestoreFrom: "", databaseRestoreTime: "", databaseRestoreKeyArn: "" };
  expect(problemsOf(none)).toEqual([]);
  const { environment } = checkEnvironment("dev", { ...rawConfig, ...none });
  expect(environment?.config).not.toHaveProperty("databaseRestoreFrom");
});

test("a copy of an instance of the stack needs no key: it has that of the data", () => {
  expect(problemsOf({ databaseRestoreFrom: `db-${"A1".repeat(13)}` })).toEqual([]);
});

test("a replicated backup needs its key, and the message says where it stands", () => {
  const { databaseRestoreKeyArn: _, ...rest } = copy;
  expect(problemsOf(rest)).toMatchObject([
    { argument: at("databaseRestoreKeyArn"), given: "nothing", fix: expect.stringContaining("us-east-1") },
  ]);
});

test("everything wrong with a restore is told at once: region, account, a time to come", () => {
  const wrong = {
    databaseRestoreFrom: copy.databaseRestoreFrom.replace("us-east-1", "eu-west-1"),
    databaseRestoreTime: "2099-01-01T00:00:00Z",
    databaseRestoreKeyArn: copy.databaseRestoreKeyArn.replace("222222222222", "333333333333"),
  };
  expect(named(wrong)).toEqual(Object.keys(wrong).map(at));
  expect(problemsOf(wrong)[0]?.allowed).toContain("arn:aws:rds:us-east-1:222222222222:auto-backup:ab-…");
  expect(problemsOf(wrong)[1]?.given).toContain("in the future");
});

test("everything that is no copy, moment or key at all is told at once", () => {
  const wrong = {
    databaseRestoreFrom: "task-prod-database",
    databaseRestoreTime: "2026-02-30T00:00:00Z",
    databaseRestoreKeyArn: "alias/task-prod-recovery-data",
  };
  expect(named(wrong)).toEqual(Object.keys(wrong).map(at));
});

test("a moment or a key without a copy is refused: half of it would restore nothing", () => {
  const { databaseRestoreFrom: _, ...rest } = copy;
  expect(named(rest)).toEqual([at("databaseRestoreTime"), at("databaseRestoreKeyArn")]);
});
