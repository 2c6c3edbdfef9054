import { expect, test } from "vitest";
import { postgresProblems } from "./check.ts";
import { checkPostgresSettings, type PostgresArgs, type PostgresSettings } from "./index.ts";
import { base, planPostgres } from "./test/plan-postgres.ts";

const settings: PostgresSettings = { ...base.settings, masterPassword: "own" };
const blueGreen = { updates: "blue-green", recoveryRetentionDays: 0 } as const;

const settingsProblems = (change: Partial<PostgresSettings>) =>
  checkPostgresSettings({ ...settings, ...change }).map(({ argument, given }) => [argument, given]);

test.each<Partial<PostgresSettings>>([
  {},
  { masterPassword: "rds" },
  { backupRetentionDays: 1, recoveryRetentionDays: 0, insightsRetentionDays: 713 },
  { majorVersion: "17", readReplicas: 15 },
  blueGreen,
])("Sound settings have no problem: %j", (change) => {
  expect(settingsProblems(change)).toEqual([]);
});

test.each([
  ["majorVersion", "16"],
  ["majorVersion", "18.4"],
  ["instanceClass", "db.t2.micro"],
  ["readReplicas", 16],
  ["readReplicas", 0.5],
  ["readReplicas", -1],
  ["storageGiB", 19],
  ["maxStorageGiB", 599],
  ["backupRetentionDays", 0],
  ["backupRetentionDays", 36],
  ["recoveryRetentionDays", 36],
  ["monitoringSeconds", 20],
  ["insightsRetentionDays", 30],
  ["insightsRetentionDays", 744],
  ["logRetentionDays", 31],
])("The setting %s is refused when it is %s", (argument, value) => {
  const given = typeof value === "string" ? `"${value}"` : String(value);
  expect(settingsProblems({ [argument]: value })).toEqual([[argument, given]]);
});

test.each<[string, Partial<PostgresSettings>, string, string]>([
  [
    "Replicas with a password that RDS manages",
    { masterPassword: "rds", readReplicas: 1 },
    "masterPassword",
    '"rds" with 1 replicas',
  ],
  [
    "Blue/green updates with a password that RDS manages",
    { ...blueGreen, masterPassword: "rds" },
    "masterPassword",
    '"rds" with updates "blue-green"',
  ],
  [
    "Blue/green updates with replicas",
    { ...blueGreen, readReplicas: 2 },
    "updates",
    '"blue-green" with 2 replicas',
  ],
  [
    "Blue/green updates with copies in the recovery region",
    { ...blueGreen, recoveryRetentionDays: 14 },
    "updates",
    '"blue-green" with copies in the recovery region for 14 days',
  ],
  [
    "Blue/green updates without backups",
    { ...blueGreen, backupRetentionDays: 0 },
    "backupRetentionDays",
    "0",
  ],
])("%s are refused", (_what, change, argument, given) => {
  expect(settingsProblems(change)).toEqual([[argument, given]]);
});

test("With a date the support calendar is checked too", () => {
  const change = { ...settings, majorVersion: "17" };
  expect(checkPostgresSettings(change, new Date("2030-01-30"))).toHaveLength(1);
  expect(checkPostgresSettings(change)).toEqual([]);
});

test.each([[[]], [["*"]], [["arn:aws:iam::210987654321:role/task-migrate"]]])(
  "The master secret of the block cannot have the readers %j, but RDS may manage the password without any",
  (masterSecretReaders) => {
    const args: PostgresArgs = { ...base, settings, masterSecretReaders };
    expect(postgresProblems(args).map(({ argument }) => argument)).toEqual(["masterSecretReaders"]);
    expect(postgresProblems({ ...args, settings: base.settings })).toEqual([]);
  },
);

test("Every wrong argument is named at once and nothing is created", async () => {
  const { recoveryKeyArn: _left, ...rest } = base;
  const wrong: PostgresArgs = {
    ...rest,
    identifier: "Task",
    databaseName: "my-tasks",
    masterUsername: "postgres",
    recoveryRegion: "us-east-1",
    subnetIds: { "use1-az1": "subnet-1" },
    clientSecurityGroupIds: {},
    connectionPools: [{ workload: "api", maxReplicas: 300, poolSize: 10 }],
    settings: { ...base.settings, backupRetentionDays: 0 },
    restore: { from: "task-prod-database", time: "soon", keyArn: "key" },
  };
  expect(postgresProblems(wrong).map(({ argument }) => argument)).toEqual([
    "settings.backupRetentionDays",
    "connectionPools",
    "identifier",
    "databaseName",
    "masterUsername",
    "subnetIds",
    "clientSecurityGroupIds",
    "recoveryKeyArn",
    "recoveryRegion",
    "restore.from",
    "restore.time",
    "restore.keyArn",
  ]);
  await expect(planPostgres({ identifier: "Task" })).rejects.toThrow(
    /postgres "main": 1 problem, nothing was created\./,
  );
});
