import type { Problem } from "../components/base/core/index.ts";
import { checkClusterSettings } from "../components/cluster/cluster/index.ts";
import { checkWorkloadSettings } from "../components/cluster/workload/index.ts";
import { checkImagesSettings } from "../components/delivery/images/index.ts";
import { checkEdgeSettings } from "../components/network/edge/index.ts";
import { checkFirewallSettings } from "../components/network/firewall/index.ts";
import { checkNetworkSettings, cidrsOverlap } from "../components/network/network/index.ts";
import { checkBackupSettings } from "../components/stores/backups/index.ts";
import { checkCacheSettings } from "../components/stores/cache/index.ts";
import { checkKafkaSettings } from "../components/stores/kafka/index.ts";
import { checkPostgresSettings } from "../components/stores/postgres/index.ts";
import { connectionProblems } from "../components/stores/postgres-engine/index.ts";
import { checkAuditSettings } from "../components/watch/audit/index.ts";
import { checkBudgetSettings } from "../components/watch/budget/index.ts";
import { checkMetricsSettings } from "../components/watch/metrics/index.ts";
import type { EnvironmentSpec } from "../stacks/index.ts";
import { connectionPools, mostReplicas, poolOf, stoppedWorkloads, type WorkloadKey } from "./capacity.ts";
import { kafkaCopyProblems } from "./check-kafka-copy.ts";
import { roomProblems } from "./check-room.ts";
import { secretsProblems } from "./check-secrets.ts";
import { topicSpecs } from "./event-topics.ts";

/**
 * Everything that contradicts itself on a page, or another page. With `today` the support calendars are asked too:
 * tests give it, a deploy does not, because an emergency must not fail because a date went by.
 */
export function specProblems(
  spec: EnvironmentSpec,
  specs: Readonly<Record<string, EnvironmentSpec>>,
  today?: Date,
): Problem[] {
  const zones = spec.network.zones.map((zone) => zone.id);
  const problems = [
    ...generalProblems(spec),
    ...under("network", checkNetworkSettings(spec.network, spec.region)),
    ...overlapProblems(spec, specs),
    ...under("cluster", checkClusterSettings(spec.cluster, today)),
    ...under("postgres", checkPostgresSettings(spec.postgres, today)),
    ...under("cache", checkCacheSettings(spec.cache)),
    ...under("kafka", checkKafkaSettings(spec.kafka, topicSpecs, zones)),
    ...(Object.keys(spec.workloads) as WorkloadKey[]).flatMap((key) => workloadProblems(spec, key)),
    ...roomProblems(spec),
    ...stateProblems(spec),
    ...under(
      "workloads",
      connectionProblems({
        instanceClass: spec.postgres.instanceClass,
        pools: connectionPools(spec.workloads),
      }),
    ),
    ...under("edge", checkEdgeSettings(spec.edge)),
    ...under("firewall", checkFirewallSettings(spec.firewall)),
    ...under("operations", operationsProblems(spec)),
    ...secretsProblems(spec, specs),
    ...kafkaCopyProblems(spec, specs),
    ...removalProblems(spec),
  ];
  return problems.map((problem) => ({
    ...problem,
    argument: `${problem.argument} (stacks/${spec.name}.ts)`,
  }));
}

function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, argument: `${path}.${problem.argument}` }));
}

function generalProblems(spec: EnvironmentSpec): Problem[] {
  const problems: Problem[] = [];
  if (spec.recoveryRegion === spec.region) {
    problems.push({
      argument: "recoveryRegion",
      given: `"${spec.recoveryRegion}", where the environment already is`,
      allowed: "another region",
      fix: "name the region that takes over",
    });
  }
  const { keyDeletionDays } = spec;
  if (!Number.isInteger(keyDeletionDays) || keyDeletionDays < 7 || keyDeletionDays > 30) {
    problems.push({
      argument: "keyDeletionDays",
      given: String(keyDeletionDays),
      allowed: "7 to 30, the limits of KMS",
      fix: "use 30 where data matters",
    });
  }
  return problems;
}

/** Networks and the addresses of Services never overlap, in no two environments: each may be joined to any other. */
function overlapProblems(spec: EnvironmentSpec, specs: Readonly<Record<string, EnvironmentSpec>>): Problem[] {
  const { cidr } = spec.network;
  const others = Object.values(specs).filter((other) => other.name !== spec.name);
  const networks = others
    .filter((other) => cidrsOverlap(cidr, other.network.cidr))
    .map((other) => ({
      argument: "network.cidr",
      given: `"${cidr}", which overlaps ${other.network.cidr} of ${other.name}`,
      allowed: "a range no other environment uses",
      fix: "take a free /16; a network cannot change its range later",
    }));
  const services = [spec, ...others]
    .filter((other) => cidrsOverlap(spec.cluster.serviceCidr, other.network.cidr))
    .map((other) => ({
      argument: "cluster.serviceCidr",
      given: `"${spec.cluster.serviceCidr}", which overlaps the network ${other.network.cidr} of ${other.name}`,
      allowed: "a range outside of every network",
      fix: "take 172.20.0.0/16; addresses of the network in it would be unreachable from pods",
    }));
  return [...networks, ...services];
}

function workloadProblems(spec: EnvironmentSpec, key: WorkloadKey): Problem[] {
  const settings = spec.workloads[key];
  const maxConsumers = mostReplicas[key];
  const limits = {
    zones: spec.network.zones.length,
    ...(maxConsumers === undefined ? {} : { maxConsumers }),
  };
  const problems = [...checkWorkloadSettings(settings, limits)];
  const pool = poolOf[key];
  const { minNodes, maxNodes } = spec.cluster.nodeGroups[pool];
  // A required spread puts no two replicas on one host: more replicas than hosts would wait for ever.
  if (settings.zoneSpread === "require" && settings.maxReplicas > maxNodes) {
    problems.push({
      argument: "maxReplicas",
      given: `${settings.maxReplicas} on hosts of their own`,
      allowed: `at most ${maxNodes}, cluster.nodeGroups.${pool}.maxNodes`,
      fix: "raise maxNodes, lower maxReplicas, or prefer the spread",
    });
  }
  if (settings.zoneSpread === "require" && settings.minReplicas > minNodes) {
    problems.push({
      argument: "minReplicas",
      given: `${settings.minReplicas} on hosts of their own`,
      allowed: `at most ${minNodes}, cluster.nodeGroups.${pool}.minNodes`,
      fix: "raise minNodes: a first deploy would wait for nodes nobody starts",
    });
  }
  return under(`workloads.${key}`, problems);
}

/** Why a workload must run where users are, or may be at any minute. */
const whyRunning: Readonly<Record<WorkloadKey, string>> = {
  api: "users are sent to it, to a standby by Route 53 itself and without anybody's doing",
  relay: "events would wait in the outbox, and nobody else publishes them",
  processor: "events would wait in Kafka until the retention deletes them",
};

/** A primary runs everything; of a standby, what nobody would start in time runs too. */
function stateProblems(spec: EnvironmentSpec): Problem[] {
  return stoppedWorkloads(spec.workloads)
    .filter((key) => spec.role === "primary" || key === "api")
    .map((key) => ({
      argument: `workloads.${key}.state`,
      given: `"stopped" with role "${spec.role}"`,
      allowed: key === "api" ? '"running"' : '"running", or "stopped" with role "standby"',
      fix: `run it: ${whyRunning[key]}`,
    }));
}

function operationsProblems({ operations }: EnvironmentSpec): Problem[] {
  const { audit, backups, budget, images, metrics } = operations;
  return [
    ...(backups === "none" ? [] : under("backups", checkBackupSettings(backups))),
    ...under("metrics", checkMetricsSettings(metrics)),
    ...under("budget", checkBudgetSettings(budget)),
    ...(images === "elsewhere" ? [] : under("images", checkImagesSettings(images))),
    ...(audit === "elsewhere" ? [] : under("audit", checkAuditSettings(audit))),
  ];
}

/** What a destroy leaves is said once, in `removal`; the switches of the stores must agree with it. */
function removalProblems(spec: EnvironmentSpec): Problem[] {
  return [...switchProblems(spec), ...lockProblems(spec)];
}

/** In an account that is to go whole, nothing may be locked for longer than it. */
function lockProblems({ removal, operations: { audit } }: EnvironmentSpec): Problem[] {
  if (removal !== "remove" || audit === "elsewhere" || audit.trailLock !== "compliance") return [];
  return [
    {
      argument: "operations.audit.trailLock",
      given: '"compliance" with removal "remove"',
      allowed: '"none", or "governance", which a destroy may bypass',
      fix: "lock only what is to stay: nobody could delete the trail before its end",
    },
  ];
}

function switchProblems(spec: EnvironmentSpec): Problem[] {
  const kept = spec.removal !== "remove";
  const switches = {
    "cluster.deletionProtected": spec.cluster.deletionProtected,
    "postgres.deletionProtected": spec.postgres.deletionProtected,
    "postgres.finalSnapshot": spec.postgres.finalSnapshot,
    "cache.finalSnapshot": spec.cache.finalSnapshot,
  };
  return Object.entries(switches)
    .filter(([, value]) => value !== kept)
    .map(([argument, value]) => ({
      argument,
      given: `${value} with removal "${spec.removal}"`,
      allowed: String(kept),
      fix: kept ? "protect what is to stay" : "a protected store would stop a destroy half-way",
    }));
}
