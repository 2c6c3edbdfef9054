import { checkAuditSettings } from "../components/audit/index.ts";
import { checkBudgetSettings } from "../components/budget/index.ts";
import { checkCacheSettings } from "../components/cache/index.ts";
import { checkClusterSettings } from "../components/cluster/index.ts";
import type { Problem } from "../components/core/index.ts";
import { checkEdgeSettings } from "../components/edge/index.ts";
import { checkFirewallSettings } from "../components/firewall/index.ts";
import { checkImagesSettings } from "../components/images/index.ts";
import { checkKafkaSettings } from "../components/kafka/index.ts";
import { checkMetricsSettings } from "../components/metrics/index.ts";
import { checkNetworkSettings, cidrsOverlap } from "../components/network/index.ts";
import { checkPostgresSettings, connectionProblems } from "../components/postgres/index.ts";
import { checkBackupSettings } from "../components/recovery/index.ts";
import { checkWorkloadSettings } from "../components/workload/index.ts";
import type { EnvironmentPage } from "../stacks/index.ts";
import { connectionPools, mostReplicas, poolOf, stoppedWorkloads, type WorkloadKey } from "./capacity.ts";
import { kafkaCopyProblems } from "./check-kafka-copy.ts";
import { roomProblems } from "./check-room.ts";
import { secretsProblems } from "./check-secrets.ts";
import { topicSpecs } from "./event-topics.ts";

/**
 * Everything that contradicts itself on a page, or another page. With `today` the support calendars are asked too:
 * tests give it, a deploy does not, because an emergency must not fail because a date went by.
 */
export function pageProblems(
  page: EnvironmentPage,
  pages: Readonly<Record<string, EnvironmentPage>>,
  today?: Date,
): Problem[] {
  const zones = page.network.zones.map((zone) => zone.id);
  const problems = [
    ...generalProblems(page),
    ...under("network", checkNetworkSettings(page.network, page.region)),
    ...overlapProblems(page, pages),
    ...under("cluster", checkClusterSettings(page.cluster, today)),
    ...under("postgres", checkPostgresSettings(page.postgres, today)),
    ...under("cache", checkCacheSettings(page.cache)),
    ...under("kafka", checkKafkaSettings(page.kafka, topicSpecs, zones)),
    ...(Object.keys(page.workloads) as WorkloadKey[]).flatMap((key) => workloadProblems(page, key)),
    ...roomProblems(page),
    ...stateProblems(page),
    ...under(
      "workloads",
      connectionProblems({
        instanceClass: page.postgres.instanceClass,
        pools: connectionPools(page.workloads),
      }),
    ),
    ...under("edge", checkEdgeSettings(page.edge)),
    ...under("firewall", checkFirewallSettings(page.firewall)),
    ...under("operations", operationsProblems(page)),
    ...secretsProblems(page, pages),
    ...kafkaCopyProblems(page, pages),
    ...removalProblems(page),
  ];
  return problems.map((problem) => ({
    ...problem,
    argument: `${problem.argument} (stacks/${page.name}.ts)`,
  }));
}

function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, argument: `${path}.${problem.argument}` }));
}

function generalProblems(page: EnvironmentPage): Problem[] {
  const problems: Problem[] = [];
  if (page.recoveryRegion === page.region) {
    problems.push({
      argument: "recoveryRegion",
      given: `"${page.recoveryRegion}", where the environment already is`,
      allowed: "another region",
      fix: "name the region that takes over",
    });
  }
  const { keyDeletionDays } = page;
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
function overlapProblems(page: EnvironmentPage, pages: Readonly<Record<string, EnvironmentPage>>): Problem[] {
  const { cidr } = page.network;
  const others = Object.values(pages).filter((other) => other.name !== page.name);
  const networks = others
    .filter((other) => cidrsOverlap(cidr, other.network.cidr))
    .map((other) => ({
      argument: "network.cidr",
      given: `"${cidr}", which overlaps ${other.network.cidr} of ${other.name}`,
      allowed: "a range no other environment uses",
      fix: "take a free /16; a network cannot change its range later",
    }));
  const services = [page, ...others]
    .filter((other) => cidrsOverlap(page.cluster.serviceCidr, other.network.cidr))
    .map((other) => ({
      argument: "cluster.serviceCidr",
      given: `"${page.cluster.serviceCidr}", which overlaps the network ${other.network.cidr} of ${other.name}`,
      allowed: "a range outside of every network",
      fix: "take 172.20.0.0/16; addresses of the network in it would be unreachable from pods",
    }));
  return [...networks, ...services];
}

function workloadProblems(page: EnvironmentPage, key: WorkloadKey): Problem[] {
  const settings = page.workloads[key];
  const maxConsumers = mostReplicas[key];
  const limits = {
    zones: page.network.zones.length,
    ...(maxConsumers === undefined ? {} : { maxConsumers }),
  };
  const problems = [...checkWorkloadSettings(settings, limits)];
  const pool = poolOf[key];
  const { minNodes, maxNodes } = page.cluster.nodeGroups[pool];
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
function stateProblems(page: EnvironmentPage): Problem[] {
  return stoppedWorkloads(page.workloads)
    .filter((key) => page.role === "primary" || key === "api")
    .map((key) => ({
      argument: `workloads.${key}.state`,
      given: `"stopped" with role "${page.role}"`,
      allowed: key === "api" ? '"running"' : '"running", or "stopped" with role "standby"',
      fix: `run it: ${whyRunning[key]}`,
    }));
}

function operationsProblems({ operations }: EnvironmentPage): Problem[] {
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
function removalProblems(page: EnvironmentPage): Problem[] {
  return [...switchProblems(page), ...lockProblems(page)];
}

/** In an account that is to go whole, nothing may be locked for longer than it. */
function lockProblems({ removal, operations: { audit } }: EnvironmentPage): Problem[] {
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

function switchProblems(page: EnvironmentPage): Problem[] {
  const kept = page.removal !== "remove";
  const switches = {
    "cluster.deletionProtected": page.cluster.deletionProtected,
    "postgres.deletionProtected": page.postgres.deletionProtected,
    "postgres.finalSnapshot": page.postgres.finalSnapshot,
    "cache.finalSnapshot": page.cache.finalSnapshot,
  };
  return Object.entries(switches)
    .filter(([, value]) => value !== kept)
    .map(([argument, value]) => ({
      argument,
      given: `${value} with removal "${page.removal}"`,
      allowed: String(kept),
      fix: kept ? "protect what is to stay" : "a protected store would stop a destroy half-way",
    }));
}
