import { expect, test } from "vitest";
import { specs } from "./index.ts";

const all = Object.values(specs);

test("every spec has the name of its key", () => {
  for (const [key, spec] of Object.entries(specs)) expect(spec.name).toBe(key);
});

test("prod relaxes nothing, and every relaxation elsewhere has a reason", () => {
  expect(specs.prod.relaxed).toEqual([]);
  for (const { what, why } of all.flatMap((spec) => spec.relaxed)) {
    expect([what, why.length > 15]).toEqual([what, true]);
  }
});

test("the relaxations of dev list every mechanism of prod that dev lacks", () => {
  const kinds = specs.dev.relaxed.map((relaxed) => relaxed.what).join("; ");
  for (const word of ["NAT", "endpoints", "spot", "one replica", "PostgreSQL", "Valkey", "destroy"]) {
    expect(kinds).toContain(word);
  }
});

test("the standby has the versions and the maximum replicas of prod, in another region", () => {
  const { prod, dr } = specs;
  expect(dr.cluster.version).toBe(prod.cluster.version);
  expect(dr.postgres.majorVersion).toBe(prod.postgres.majorVersion);
  expect(dr.cache.version).toBe(prod.cache.version);
  expect(dr.kafka.version).toBe(prod.kafka.version);
  expect(dr.region).toBe(prod.recoveryRegion);
  for (const key of ["api", "relay", "processor", "analytics"] as const) {
    expect(dr.workloads[key].maxReplicas).toBe(prod.workloads[key].maxReplicas);
  }
});

test("prod has what the requirements ask for", () => {
  const { prod } = specs;
  expect(prod.workloads.api).toMatchObject({
    minReplicas: 3,
    maxReplicas: 20,
    keepAvailable: 2,
    requests: { cpu: "500m", memory: "512Mi" },
    limits: { cpu: "2", memory: "2Gi" },
  });
  expect(prod.workloads.processor.minReplicas).toBe(3);
  expect(prod.postgres).toMatchObject({ multiZone: true, backupRetentionDays: 35 });
  expect(prod.postgres.recoveryRetentionDays).toBeGreaterThan(0);
  expect(prod.cache.replicas).toBe(2);
  expect(prod.kafka.brokers).toBe(3);
  expect(prod.network).toMatchObject({ nat: "per-zone", flowLogs: { aggregationSeconds: 60 } });
  expect(prod.network.zones).toHaveLength(3);
  expect(prod.network.flowLogs.retentionDays).toBeGreaterThanOrEqual(365);
  expect(prod.firewall).toMatchObject({
    mode: "block",
    watchedRules: [],
    requestsPerMinutePerClient: 100,
    maxBodyBytes: 10 * 1024 ** 2,
  });
  expect(prod.operations).toMatchObject({
    backups: { dailyRetentionDays: 35, lock: "compliance", restoreTest: "monthly" },
    metrics: { retentionDays: 365, paging: true },
  });
  expect([prod.removal, prod.cluster.publicEndpoint, prod.cluster.zonalShift]).toEqual([
    "retain-all",
    false,
    true,
  ]);
});

test("workers of prod and dr request all the memory they may use; the API has the numbers of the requirements", () => {
  for (const { workloads } of [specs.prod, specs.dr]) {
    for (const { requests, limits } of [workloads.relay, workloads.processor, workloads.analytics]) {
      expect(requests.memory).toBe(limits.memory);
    }
    expect([workloads.api.requests.memory, workloads.api.limits.memory]).toEqual(["512Mi", "2Gi"]);
  }
});

test("RDS keeps and rotates the master password of every environment, and changes happen in place", () => {
  expect(all.map(({ postgres }) => [postgres.masterPassword, postgres.updates])).toEqual(
    all.map(() => ["rds", "in-place"]),
  );
});

test("burstable and small classes stay out of prod and dr", () => {
  for (const spec of [specs.prod, specs.dr]) {
    const classes = [spec.postgres.instanceClass, spec.cache.nodeType, spec.kafka.instanceType].concat(
      ...Object.values(spec.cluster.nodeGroups).map((group) => [...group.instanceTypes]),
    );
    expect(classes.filter((name) => /(^|\.)t\d/.test(name))).toEqual([]);
  }
});
