import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { checkPostgresSettings } from "./check-settings.ts";
import { connectionProblems } from "./connections.ts";
import { includedIops, instanceClasses, maxConnections } from "./instance-classes.ts";
import { monitoringTrust } from "./observation.ts";
import { parameterList } from "./parameters.ts";
import type { PostgresSettings } from "./settings.ts";
import { connectStatement } from "./statements.ts";
import { postgresVersions, supportProblems } from "./versions.ts";
import { backupWindow, maintenanceWindow, masterRotation, windowMinutes } from "./windows.ts";

const settings: PostgresSettings = {
  majorVersion: "18",
  instanceClass: "db.r7g.xlarge",
  multiZone: true,
  readReplicas: 0,
  masterPassword: "rds",
  updates: "in-place",
  storageGiB: 400,
  maxStorageGiB: 600,
  backupRetentionDays: 35,
  recoveryRetentionDays: 14,
  deletionProtected: true,
  finalSnapshot: true,
  monitoringSeconds: 15,
  insightsRetentionDays: 7,
  logRetentionDays: 90,
};

test("The parameters are exactly these, and static ones wait for a restart", () => {
  const list = parameterList(settings).map((p) => `${p.name}=${p.value} ${p.applyMethod}`);
  expect(list).toEqual([
    "rds.force_ssl=1 immediate",
    "rds.accepted_password_auth_method=scram immediate",
    "ssl_min_protocol_version=TLSv1.2 immediate",
    "log_connections=1 immediate",
    "log_disconnections=1 immediate",
    "log_statement=ddl immediate",
    "log_min_duration_statement=500 immediate",
    "log_lock_waits=1 immediate",
    "log_temp_files=10240 immediate",
    "log_autovacuum_min_duration=10000 immediate",
    "pgaudit.log=ddl,role immediate",
    "pgaudit.log_parameter=0 immediate",
    "track_io_timing=1 immediate",
    "shared_preload_libraries=pg_stat_statements,pgaudit pending-reboot",
    "statement_timeout=30000 immediate",
    "idle_in_transaction_session_timeout=60000 immediate",
    "lock_timeout=5000 immediate",
    "max_connections=3200 pending-reboot",
    "max_slot_wal_keep_size=81920 immediate",
  ]);
});

test("A class allows a hundred connections a GiB, never more than RDS would by itself", () => {
  const ownBytesPerConnection = 9_531_392; // AWS: LEAST({DBInstanceClassMemory/9531392}, 5000)
  for (const instanceClass of Object.values(instanceClasses)) {
    const own = Math.min((instanceClass.memoryGiB * 1024 ** 3) / ownBytesPerConnection, 5000);
    expect(maxConnections(instanceClass)).toBeLessThanOrEqual(own);
  }
  expect(maxConnections({ memoryGiB: 4, vcpus: 2 })).toBe(400);
  expect(maxConnections({ memoryGiB: 128, vcpus: 16 })).toBe(5000);
});

test("The included rate of gp3 rises at 400 GiB", () => {
  expect([includedIops(399), includedIops(400)]).toEqual([3000, 12_000]);
});

test("Pools may take four fifths of the connections and not one more", () => {
  const pools = (poolSize: number) => [{ workload: "api", maxReplicas: 20, poolSize }];
  expect(connectionProblems({ instanceClass: "db.t4g.medium", pools: pools(16) })).toEqual([]);
  expect(connectionProblems({ instanceClass: "db.t4g.medium", pools: pools(17) })).toEqual([
    {
      argument: "connectionPools",
      given: "340 connections (api 20 × 17)",
      allowed: "320, 80 % of the 400 of db.t4g.medium",
      fix: "lower a pool or its replicas, or take a class with more memory",
    },
  ]);
});

test("Sound settings have no problem, at the edges too", () => {
  expect(checkPostgresSettings(settings)).toEqual([]);
  const edges = { ...settings, backupRetentionDays: 1, recoveryRetentionDays: 0, insightsRetentionDays: 713 };
  expect(
    checkPostgresSettings({ ...edges, majorVersion: "17", readReplicas: 15, masterPassword: "own" }),
  ).toEqual([]);
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
  const problems = checkPostgresSettings({
    ...settings,
    masterPassword: "own",
    [argument]: value,
  } as PostgresSettings);
  expect(problems.map((problem) => problem.argument)).toEqual([argument]);
});

test("Every major that may run is supported for 60 days from today or longer", () => {
  const today = new Date();
  expect(Object.keys(postgresVersions).flatMap((major) => supportProblems(major, today))).toEqual([]);
});

test("The calendar speaks 59 days before the end of support and is silent at 60", () => {
  expect(supportProblems("17", new Date("2029-12-30"))).toEqual([]);
  const given = supportProblems("17", new Date("2029-12-31")).map((problem) => problem.given);
  expect(given).toEqual(['"17", whose standard support ends in 59 days']);
  expect(checkPostgresSettings({ ...settings, majorVersion: "17" }, new Date("2030-01-30"))).toHaveLength(1);
});

test("Backup and maintenance never meet, and the password turns inside maintenance", () => {
  const backup = windowMinutes(backupWindow);
  const maintenance = windowMinutes(maintenanceWindow);
  expect([backup, maintenance]).toEqual([
    { from: 150, to: 210 },
    { from: 240, to: 300 },
  ]);
  expect(backup.to).toBeLessThan(maintenance.from);
  expect(masterRotation).toEqual({ scheduleExpression: "cron(0 4 ? * SUN *)", duration: "1h" });
});

test("A login names one role on one instance id, never a wildcard", async () => {
  const statement = connectStatement("us-east-1", "123456789012", ["db-A", "db-B"], ["task_api"]);
  const resources = await new Promise((done) => pulumi.output(statement.resources).apply(done));
  expect(statement.actions).toEqual(["rds-db:connect"]);
  expect(resources).toEqual([
    "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-A/task_api",
    "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-B/task_api",
  ]);
});

const place = { accountId: "123456789012", region: "us-east-1", identifier: "task-test" };

test("Only RDS, for this database and its replicas, may take the monitoring role", () => {
  const trust = monitoringTrust({ ...place, settings: { updates: "in-place" } });
  expect(JSON.parse(trust).Statement[0].Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnLike: {
      "aws:SourceArn": [
        "arn:aws:rds:us-east-1:123456789012:db:task-test",
        "arn:aws:rds:us-east-1:123456789012:db:task-test-replica-*",
      ],
    },
  });
});

test("The copy of a blue/green update is monitored while it has a name of its own", () => {
  const trust = monitoringTrust({ ...place, settings: { updates: "blue-green" } });
  expect(JSON.parse(trust).Statement[0].Condition.ArnLike["aws:SourceArn"]).toEqual([
    "arn:aws:rds:us-east-1:123456789012:db:task-test",
    "arn:aws:rds:us-east-1:123456789012:db:task-test-replica-*",
    "arn:aws:rds:us-east-1:123456789012:db:task-test-green-*",
  ]);
});
