import { allTopics } from "@task-platform/contracts";
import { expect, test } from "vitest";
import {
  type EnvironmentName,
  type EnvironmentSpec,
  type EnvironmentSpecs,
  specs,
} from "../../stacks/index.ts";
import { workloadRoles } from "../workloads/index.ts";
import { specProblems as problemsOf } from "./check-spec.ts";
import { mostPods } from "./roles.ts";

const specProblems = (spec: EnvironmentSpec, others: EnvironmentSpecs, today?: Date) =>
  problemsOf(spec, others, workloadRoles, today);

const names = Object.keys(specs) as EnvironmentName[];
const argumentsOf = (spec: EnvironmentSpec, others: EnvironmentSpecs = specs) =>
  specProblems(spec, others).map((problem) => problem.argument);
const { dev, prod } = specs;

test.each(names)("the spec of %s passes every check, including the support dates of today", (name) => {
  expect(specProblems(specs[name], specs, new Date())).toEqual([]);
});

test("overlapping networks of two environments are refused in both, with the name of the other", () => {
  const staging = { ...specs.staging, network: { ...specs.staging.network, cidr: "10.10.0.0/16" } };
  const all = { ...specs, staging };
  expect(specProblems(staging, all)).toMatchObject([
    {
      argument: "network.cidr (stacks/staging.ts)",
      given: '"10.10.0.0/16", which overlaps 10.10.0.0/16 of dev',
    },
  ]);
  expect(argumentsOf(dev, all)).toEqual(["network.cidr (stacks/dev.ts)"]);
});

test("a range of Services inside the network of any environment is refused", () => {
  const spec = { ...dev, cluster: { ...dev.cluster, serviceCidr: "10.30.0.0/20" } };
  expect(specProblems(spec, { ...specs, dev: spec })).toMatchObject([
    {
      argument: "cluster.serviceCidr (stacks/dev.ts)",
      given: '"10.30.0.0/20", which overlaps the network 10.30.0.0/16 of prod',
    },
  ]);
});

test("a network too small for its tiers, and a zone that AWS services refuse, are reported together", () => {
  const zones = [...dev.network.zones.slice(0, 2), { id: "use1-az3", slot: 2 }];
  const spec = { ...dev, network: { ...dev.network, cidr: "10.50.0.0/20", zones } };
  expect(argumentsOf(spec)).toEqual(["network.cidr (stacks/dev.ts)", "network.zones[2].id (stacks/dev.ts)"]);
});

test("a database whose days of backup differ from those of the continuous backup is refused, because AWS changes them", () => {
  const spec = { ...prod, postgres: { ...prod.postgres, backupRetentionDays: 14 } };
  expect(specProblems(spec, specs)).toMatchObject([
    {
      argument: "operations.backups.continuousRetentionDays (stacks/prod.ts)",
      given: "35, and postgres.backupRetentionDays 14",
    },
  ]);
  // Without AWS Backup the number is the database's own.
  expect(specProblems({ ...spec, operations: { ...prod.operations, backups: "none" } }, specs)).toEqual([]);
});

test("a load balancer that ends a quiet stream before its heartbeat comes is refused", () => {
  const edge = (idleTimeoutSeconds: number) => ({ ...dev, edge: { ...dev.edge, idleTimeoutSeconds } });
  const reasons = (seconds: number) =>
    specProblems(edge(seconds), specs).filter(({ allowed }) => allowed.includes("heartbeat"));
  // The heartbeat of 20 s, 5 s late.
  expect(reasons(25)).toEqual([]);
  expect(reasons(24)).toMatchObject([{ argument: "edge.idleTimeoutSeconds (stacks/dev.ts)", given: "24" }]);
});

test("a number of brokers that is no multiple of the zones is refused", () => {
  const spec = { ...prod, kafka: { ...prod.kafka, brokers: 4 } };
  expect(specProblems(spec, specs)).toMatchObject([
    { argument: "kafka.brokers (stacks/prod.ts)", given: "4" },
  ]);
});

test("fewer brokers than replicas of a topic are refused per topic, and so are too few in-sync replicas", () => {
  const spec = {
    ...dev,
    network: { ...dev.network, zones: dev.network.zones.slice(0, 2) },
    kafka: { ...dev.kafka, brokers: 2 },
  };
  const argument = (topic: string): string => `kafka.topics[${topic}].replicationFactor (stacks/dev.ts)`;
  expect(argumentsOf(spec)).toEqual(allTopics.map(({ name }) => argument(name)));
});

test("more consumers than partitions are refused", () => {
  const workloads = { ...prod.workloads, processor: { ...prod.workloads.processor, maxReplicas: 7 } };
  expect(argumentsOf({ ...prod, workloads })).toContain("workloads.processor.maxReplicas (stacks/prod.ts)");
});

test("a disruption budget that would keep every replica is refused", () => {
  const workloads = { ...prod.workloads, api: { ...prod.workloads.api, keepAvailable: 3 } };
  expect(argumentsOf({ ...prod, workloads })).toEqual(["workloads.api.keepAvailable (stacks/prod.ts)"]);
});

test("more replicas than hosts are refused where each needs its own host", () => {
  const groups = "over-zones" as const; // One in each zone would want three nodes.
  const application = { ...prod.cluster.nodeGroups.application, groups, minNodes: 2, maxNodes: 10 };
  const nodeGroups = { ...prod.cluster.nodeGroups, application };
  const spec = { ...prod, cluster: { ...prod.cluster, nodeGroups } };
  expect(specProblems(spec, specs)).toMatchObject([
    {
      argument: "workloads.api.maxReplicas (stacks/prod.ts)",
      allowed: "at most 10, cluster.nodeGroups.application.maxNodes",
    },
    {
      argument: "workloads.api.minReplicas (stacks/prod.ts)",
      allowed: "at most 2, cluster.nodeGroups.application.minNodes",
    },
  ]);
});

test("nodes that cannot hold one replica of each workload of their node pool are refused; stopped workloads count", () => {
  const relay = { ...specs.dr.workloads.relay, requests: { cpu: "500m", memory: "4Gi" } };
  const processor = { ...specs.dr.workloads.processor, requests: { cpu: "500m", memory: "4Gi" } };
  const limits = { cpu: "1", memory: "4Gi" };
  const workloads = {
    ...specs.dr.workloads,
    relay: { ...relay, limits },
    processor: { ...processor, limits, state: "stopped" as const },
  };
  expect(specProblems({ ...specs.dr, workloads }, specs)).toMatchObject([
    {
      argument: "cluster.nodeGroups.worker.instanceTypes (stacks/dr.ts)",
      given: '"m7g.large", with room for 1720m and 6327Mi',
      allowed: "room for one replica of relay and processor and analytics: 1200m and 8704Mi",
    },
  ]);
  const thirsty = {
    ...specs.dr.workloads,
    api: { ...specs.dr.workloads.api, requests: { cpu: "2", memory: "512Mi" } },
  };
  expect(argumentsOf({ ...specs.dr, workloads: thirsty })).toEqual([
    "cluster.nodeGroups.application.instanceTypes (stacks/dr.ts)",
  ]);
});

test("connection pools that need more connections than the database has are refused, with the sum", () => {
  const spec = { ...prod, postgres: { ...prod.postgres, instanceClass: "db.t4g.small" } };
  const problems = specProblems(spec, specs);
  expect(problems.map((problem) => problem.argument)).toEqual(["workloads.connectionPools (stacks/prod.ts)"]);
  expect(problems[0]?.given).toBe(
    "378 connections (api 20 × 11, relay 6 × 15, processor 6 × 10, analytics 2 × 4)",
  );
});

function stopping(spec: EnvironmentSpec, ...keys: readonly string[]): EnvironmentSpec {
  const stopped = keys.map((key) => [key, { ...spec.workloads[key], state: "stopped" as const }]);
  return { ...spec, workloads: { ...spec.workloads, ...Object.fromEntries(stopped) } };
}

test("a primary runs every role, and the message says what would stop", () => {
  const problems = specProblems(stopping(prod, "api", "relay", "processor"), specs);
  expect(problems.map(({ argument, allowed, fix }) => [argument, allowed, fix])).toEqual([
    ["workloads.api.state (stacks/prod.ts)", '"running"', expect.stringContaining("users are sent to it")],
    [
      "workloads.relay.state (stacks/prod.ts)",
      '"running", or "stopped" with role "standby"',
      expect.stringContaining("wait in the outbox"),
    ],
    [
      "workloads.processor.state (stacks/prod.ts)",
      '"running", or "stopped" with role "standby"',
      expect.stringContaining("wait in Kafka"),
    ],
  ]);
});

test("a standby may stop relay and processor, but not the API", () => {
  expect(argumentsOf(stopping(specs.dr, "relay", "processor"))).toEqual([]);
  expect(specProblems(stopping(specs.dr, "api"), specs)).toMatchObject([
    { argument: "workloads.api.state (stacks/dr.ts)", given: '"stopped" with role "standby"' },
  ]);
});

test("a stopped role still counts its connections, hosts and pods, because a failover starts it", () => {
  const { dr } = specs;
  const worker = { ...dr.cluster.nodeGroups.worker, maxNodes: 2 };
  const spec = {
    ...dr,
    postgres: { ...dr.postgres, instanceClass: "db.t4g.small" },
    cluster: { ...dr.cluster, nodeGroups: { ...dr.cluster.nodeGroups, worker } },
    workloads: { ...dr.workloads, relay: { ...dr.workloads.relay, zoneSpread: "require" as const } },
  };
  const stopped = stopping(spec, "relay", "processor");
  expect(specProblems(stopped, specs)).toEqual(specProblems(spec, specs));
  expect(argumentsOf(stopped)).toContain("workloads.connectionPools (stacks/dr.ts)");
  expect(argumentsOf(stopped)).toContain("workloads.relay.maxReplicas (stacks/dr.ts)");
  expect(mostPods(stopped)).toBe(mostPods(spec));
});

test("each switch that contradicts `removal` is refused", () => {
  expect(argumentsOf({ ...prod, removal: "remove" })).toEqual([
    "cluster.deletionProtected (stacks/prod.ts)",
    "postgres.deletionProtected (stacks/prod.ts)",
    "postgres.finalSnapshot (stacks/prod.ts)",
    "cache.finalSnapshot (stacks/prod.ts)",
    "operations.audit.trailLock (stacks/prod.ts)",
  ]);
  expect(argumentsOf({ ...prod, removal: "retain-data" })).toEqual([
    "cluster.deletionProtected (stacks/prod.ts)",
  ]);
});

test("the home region as recovery region, and deletion days that KMS refuses, are refused", () => {
  expect(argumentsOf({ ...prod, recoveryRegion: "us-east-1", keyDeletionDays: 5 })).toEqual([
    "recoveryRegion (stacks/prod.ts)",
    "keyDeletionDays (stacks/prod.ts)",
  ]);
});

test("a version of Kubernetes or PostgreSQL near the end of its support is reported", () => {
  const late = new Date("2030-01-15T00:00:00Z");
  expect(specProblems(prod, specs, late).map((problem) => problem.argument)).toEqual([
    "cluster.version (stacks/prod.ts)",
    "postgres.majorVersion (stacks/prod.ts)",
  ]);
});

test("wrong settings of operations are reported together with the rest of the spec", () => {
  const { operations } = prod;
  const spec = {
    ...prod,
    operations: {
      ...operations,
      budget: { ...operations.budget, monthlyUsd: 0 },
      metrics: { ...operations.metrics, logRetentionDays: 8 },
    },
  };
  expect(argumentsOf(spec)).toEqual([
    "operations.metrics.logRetentionDays (stacks/prod.ts)",
    "operations.budget.monthlyUsd (stacks/prod.ts)",
  ]);
});

test("secrets that one spec copies and the other does not offer are refused in the wrong spec", () => {
  const { dr } = specs;
  expect(argumentsOf({ ...dr, secrets: { owner: "staging", readBy: [] } })).toEqual([
    "secrets.owner (stacks/dr.ts)",
  ]);
  const alone: EnvironmentSpec = { ...prod, secrets: { owner: "prod", readBy: [] } };
  expect(argumentsOf(dr, { ...specs, prod: alone })).toEqual(["secrets.owner (stacks/dr.ts)"]);
  expect(argumentsOf({ ...dr, secrets: { owner: "prod", readBy: ["staging"] } })).toEqual([
    "secrets.readBy (stacks/dr.ts)",
  ]);
  expect(
    specProblems({ ...prod, secrets: { owner: "prod", readBy: ["dr", "staging"] } }, specs),
  ).toMatchObject([
    {
      argument: "secrets.readBy (stacks/prod.ts)",
      given: '"staging"',
      allowed: "environments in eu-west-1, where the copies are",
    },
  ]);
});

test("numbers of the load balancer that the pods contradict are refused in the spec, which has them", () => {
  const edge = { ...dev.edge, idleTimeoutSeconds: 65, deregistrationDelaySeconds: 60 };
  expect(specProblems({ ...dev, edge }, specs).map(({ argument, allowed }) => [argument, allowed])).toEqual([
    ["edge.idleTimeoutSeconds (stacks/dev.ts)", "below 65, the seconds that pods keep an idle connection"],
    ["edge.deregistrationDelaySeconds (stacks/dev.ts)", "at most 40, the seconds that pods get to stop"],
  ]);
});

test("CloudFront outside of its region, and users who register without a sender of mails, are refused in the spec", () => {
  const { dr, staging } = specs;
  expect(argumentsOf({ ...dr, edge: { ...dr.edge, failover: "none" } })).toEqual([
    "distribution (stacks/dr.ts)",
  ]);
  if (staging.issuer === "external") throw new Error("staging has an issuer");
  const issuer = { ...staging.issuer, selfRegistration: true, logRetentionDays: 8 };
  expect(argumentsOf({ ...staging, issuer })).toEqual([
    "issuer.logRetentionDays (stacks/staging.ts)",
    "issuer.selfRegistration (stacks/staging.ts)",
  ]);
});

test("a role without settings does not hide what is wrong with the others", () => {
  const { relay: _, ...rest } = dev.workloads;
  const workloads = { ...rest, api: { ...dev.workloads.api, keepAvailable: 1 } };
  expect(argumentsOf({ ...dev, workloads } as EnvironmentSpec)).toEqual([
    "workloads.relay (stacks/dev.ts)",
    "workloads.api.keepAvailable (stacks/dev.ts)",
  ]);
});

test("an owner of secrets that is no environment is refused with the known ones", () => {
  const secrets = { owner: "porduction", readBy: [] };
  expect(specProblems({ ...dev, secrets }, specs)).toMatchObject([
    { argument: "secrets.owner (stacks/dev.ts)", given: '"porduction"', allowed: "dev, staging, prod, dr" },
  ]);
});
