import { expect, test } from "vitest";
import {
  connectionProblems,
  includedIops,
  instanceClasses,
  maxConnections,
  parameterList,
  postgresVersions,
  supportProblems,
} from "./index.ts";

const settings = { instanceClass: "db.r7g.xlarge", storageGiB: 400, updates: "in-place" } as const;

test("The parameters are exactly these, and static ones and values of the family wait for a restart", () => {
  const list = parameterList(settings).map((p) => `${p.name}=${p.value} ${p.applyMethod}`);
  expect(list).toEqual([
    "rds.force_ssl=1 pending-reboot",
    "rds.accepted_password_auth_method=scram immediate",
    "ssl_min_protocol_version=TLSv1.2 pending-reboot",
    "log_connections=1 immediate",
    "log_disconnections=1 immediate",
    "log_statement=ddl immediate",
    "log_min_duration_statement=500 immediate",
    "log_lock_waits=1 immediate",
    "log_temp_files=10240 immediate",
    "log_autovacuum_min_duration=10000 pending-reboot",
    "pgaudit.log=ddl,role immediate",
    "pgaudit.log_parameter=0 immediate",
    "track_io_timing=1 pending-reboot",
    "shared_preload_libraries=pg_stat_statements,pgaudit pending-reboot",
    "statement_timeout=30000 immediate",
    "idle_in_transaction_session_timeout=60000 immediate",
    "lock_timeout=5000 immediate",
    "max_connections=3200 pending-reboot",
    "max_slot_wal_keep_size=81920 immediate",
  ]);
});

test("Blue/green updates add only logical replication, which the update to another major uses", () => {
  const before = parameterList(settings);
  const added = parameterList({ ...settings, updates: "blue-green" }).filter(
    ({ name }) => !before.some((parameter) => parameter.name === name),
  );
  expect(added).toEqual([{ name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" }]);
});

test("A class allows 100 connections per GiB, and never more than the default of RDS", () => {
  const bytesPerConnection = 9_531_392; // AWS: LEAST({DBInstanceClassMemory/9531392}, 5000)
  for (const instanceClass of Object.values(instanceClasses)) {
    const limit = Math.min((instanceClass.memoryGiB * 1024 ** 3) / bytesPerConnection, 5000);
    expect(maxConnections(instanceClass)).toBeLessThanOrEqual(limit);
  }
  expect(maxConnections({ memoryGiB: 4, vcpus: 2 })).toBe(400);
  expect(maxConnections({ memoryGiB: 128, vcpus: 16 })).toBe(5000);
});

test("The included rate of gp3 rises at 400 GiB", () => {
  expect([includedIops(399), includedIops(400)]).toEqual([3000, 12_000]);
});

test("Connection pools may use 80 % of the connections and not one more", () => {
  const pools = (poolSize: number) => [{ workload: "api", maxReplicas: 20, poolSize }];
  expect(connectionProblems({ instanceClass: "db.t4g.medium", pools: pools(16) })).toEqual([]);
  expect(connectionProblems({ instanceClass: "db.t4g.medium", pools: pools(17) })).toEqual([
    {
      argument: "connectionPools",
      given: "340 connections (api 20 × 17)",
      allowed: "320, 80 % of the 400 of db.t4g.medium",
      fix: "make a connection pool smaller, allow fewer replicas, or choose a class with more memory",
    },
  ]);
});

test("Every allowed major is supported for 60 days from today or longer", () => {
  const today = new Date();
  expect(Object.keys(postgresVersions).flatMap((major) => supportProblems(major, today))).toEqual([]);
});

test("The calendar reports a major 59 days before the end of its support, and not at 60", () => {
  expect(supportProblems("17", new Date("2029-12-30"))).toEqual([]);
  const given = supportProblems("17", new Date("2029-12-31")).map((problem) => problem.given);
  expect(given).toEqual(['"17", whose standard support ends in 59 days']);
});
