import { expect, test } from "vitest";
import { checkPostgresSettings, type PostgresSettings } from "./index.ts";
import { base } from "./test/plan-postgres.ts";

const problemsOf = (change: Partial<PostgresSettings>) =>
  checkPostgresSettings({ ...base.settings, recoveryRetentionDays: 0, ...change }).map(
    ({ argument, given }) => [argument, given],
  );
const own = { masterPassword: "own" } as const;
const blueGreen = { updates: "blue-green" } as const;

test("Replicas beside a password that RDS manages are refused", () => {
  expect(problemsOf({ readReplicas: 1 })).toEqual([["masterPassword", '"rds" with 1 replicas']]);
});

test("Blue/green beside a password that RDS manages is refused", () => {
  expect(problemsOf(blueGreen)).toEqual([["masterPassword", '"rds" with updates "blue-green"']]);
});

test("Blue/green beside replicas is refused", () => {
  const given = '"blue-green" with 2 replicas';
  expect(problemsOf({ ...own, ...blueGreen, readReplicas: 2 })).toEqual([["updates", given]]);
});

test("Blue/green beside copies in the recovery region is refused", () => {
  const given = '"blue-green" with copies in the recovery region for 14 days';
  expect(problemsOf({ ...own, ...blueGreen, recoveryRetentionDays: 14 })).toEqual([["updates", given]]);
});

test("Blue/green without backups is refused, as everything without backups is", () => {
  expect(problemsOf({ ...own, ...blueGreen, backupRetentionDays: 0 })).toEqual([
    ["backupRetentionDays", "0"],
  ]);
});

test("A password of our own needs neither replicas nor blue/green: it is the first step to both", () => {
  expect(problemsOf(own)).toEqual([]);
  expect(problemsOf({ ...own, ...blueGreen })).toEqual([]);
  expect(problemsOf({ ...own, readReplicas: 15 })).toEqual([]);
});
