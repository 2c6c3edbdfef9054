import fc from "fast-check";
import { expect, test } from "vitest";
import { checkWorkloadSettings, type WorkloadLimits, type WorkloadSettings } from "./index.ts";
import { cpuMillis, heapMegabytes, memoryBytes } from "./quantities.ts";
import { baseArgs, planWorkload } from "./test/plan-workload.ts";

function problems(changes: Partial<WorkloadSettings>, limits: WorkloadLimits = { zones: 3 }): string[] {
  return checkWorkloadSettings({ ...baseArgs.settings, ...changes }, limits).map(
    ({ argument, given }) => `${argument}: ${given}`,
  );
}

test("a correct workload has no problem", () => {
  expect(problems({})).toEqual([]);
});

test("a workload has at least one replica, and a maximum not below the minimum", () => {
  expect(problems({ minReplicas: 0, keepAvailable: 0, zoneSpread: "prefer" })).toEqual(["minReplicas: 0"]);
  expect(problems({ maxReplicas: 2 })).toEqual(["maxReplicas: 2"]);
});

test("a consumer group has no more replicas than its topic has partitions", () => {
  expect(problems({ maxReplicas: 7 }, { zones: 3, maxConsumers: 6 })).toEqual(["maxReplicas: 7"]);
  expect(problems({ maxReplicas: 6 }, { zones: 3, maxConsumers: 6 })).toEqual([]);
});

test("a disruption budget that keeps every pod is refused, because it would block every drain", () => {
  expect(problems({ keepAvailable: 3 })).toEqual(["keepAvailable: 3 of 3 replicas"]);
  expect(problems({ keepAvailable: -1 })).toEqual(["keepAvailable: -1 of 3 replicas"]);
});

test("a required spread needs a replica in every zone", () => {
  expect(problems({ minReplicas: 2, keepAvailable: 1 })).toEqual(['zoneSpread: "require" with 2 replicas']);
  expect(problems({ minReplicas: 2, keepAvailable: 1, zoneSpread: "prefer" })).toEqual([]);
});

test("requests and limits are quantities, and no request is above its limit", () => {
  expect(problems({ requests: { cpu: "half", memory: "512MB" } })).toEqual([
    'requests.cpu, limits.cpu: "half", "2"',
    'requests.memory, limits.memory: "512MB", "2Gi"',
  ]);
  expect(problems({ requests: { cpu: "3", memory: "4Gi" } })).toEqual([
    "requests.cpu: 3",
    "requests.memory: 4Gi",
  ]);
});

test("one message lists all problems, and no resource is created", async () => {
  const attempt = planWorkload({ maxConsumers: 6, settings: { keepAvailable: 3, minReplicas: 2 } });
  await expect(attempt).rejects.toThrow(
    /workload "api": 3 problems, nothing was created\.\n.*maxReplicas: .*\n.*keepAvailable: .*\n.*zoneSpread: /,
  );
});

test("quantities are read as Kubernetes reads them, and anything else is undefined", () => {
  expect(["1Ki", "512Mi", "2Gi"].map(memoryBytes)).toEqual([1024, 536_870_912, 2_147_483_648]);
  expect(["500m", "2"].map(cpuMillis)).toEqual([500, 2000]);
  for (const text of ["", "1", "1G", "-1Mi", "1.5Gi", "Mi"]) expect(memoryBytes(text)).toBeUndefined();
  for (const text of ["", "0.5", "m", "-1", "2 "]) expect(cpuMillis(text)).toBeUndefined();
});

test("the heap leaves a quarter of the memory limit for the rest of the process", () => {
  fc.assert(
    fc.property(fc.integer({ min: 64, max: 65_536 }), (mebibytes) => {
      const heap = heapMegabytes(`${mebibytes}Mi`);
      expect(heap).toBeLessThanOrEqual(mebibytes * 0.75);
      expect(heap).toBeGreaterThan(mebibytes * 0.75 - 1);
    }),
  );
});
