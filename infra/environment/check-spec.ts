import { restApi } from "@task-platform/contracts";
import {
  isWhole,
  logRetentionProblems,
  type Problem,
  under,
  unless,
} from "../../components/base/core/index.ts";
import { checkClusterSettings } from "../../components/cluster/cluster/index.ts";
import { checkEdgeSettings } from "../../components/network/edge/index.ts";
import { checkFirewallSettings } from "../../components/network/firewall/index.ts";
import { checkNetworkSettings, cidrsOverlap } from "../../components/network/network/index.ts";
import { type BackupSettings, checkBackupSettings } from "../../components/stores/backups/index.ts";
import { checkCacheSettings } from "../../components/stores/cache/index.ts";
import { checkKafkaSettings } from "../../components/stores/kafka/index.ts";
import { checkPostgresSettings } from "../../components/stores/postgres/index.ts";
import { checkAuditSettings } from "../../components/watch/audit/index.ts";
import { checkBudgetSettings } from "../../components/watch/budget/index.ts";
import { checkMetricsSettings } from "../../components/watch/metrics/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";
import { secretsProblems } from "./check-secrets.ts";
import { workloadsProblems } from "./check-workloads.ts";
import { topicSpecs } from "./event-topics.ts";
import { featuresOf } from "./features.ts";
import { graceSeconds, type RoleFacts } from "./roles.ts";
import { growthProblems, kafkaCopyProblems } from "./stores/index.ts";

/**
 * Every contradiction in a spec, and between it and the other specs. With `today` the support calendars are checked too.
 * Tests pass it. A deploy does not, because a deploy in an emergency must not fail because a date has passed.
 */
export function specProblems(
  spec: EnvironmentSpec,
  specs: Readonly<Record<string, EnvironmentSpec>>,
  roles: readonly RoleFacts[],
  today?: Date,
): Problem[] {
  const zones = spec.network.zones.map((zone) => zone.id);
  const problems = [
    ...generalProblems(spec),
    ...under("network", checkNetworkSettings(spec.network, spec.region)),
    ...overlapProblems(spec, specs),
    ...under("cluster", checkClusterSettings(spec.cluster, spec.network.zones.length, today)),
    ...under("postgres", checkPostgresSettings(spec.postgres, today)),
    ...under("cache", checkCacheSettings(spec.cache)),
    ...under("kafka", checkKafkaSettings(spec.kafka, topicSpecs, zones)),
    ...growthProblems(spec),
    ...workloadsProblems(spec, roles),
    ...under("edge", checkEdgeSettings(spec.edge)),
    ...under("edge", edgeProblems(spec.edge, roles)),
    ...distributionProblems(spec),
    ...issuerProblems(spec),
    ...under("firewall", checkFirewallSettings(spec.firewall)),
    ...under("firewall", bodyLimitProblems(spec.firewall)),
    ...under("operations", operationsProblems(spec)),
    ...secretsProblems(spec, specs),
    ...kafkaCopyProblems(spec, specs, roles),
    ...removalProblems(spec),
  ];
  return problems.map((problem) => ({
    ...problem,
    argument: `${problem.argument} (stacks/${spec.name}.ts)`,
  }));
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
  if (!isWhole(keyDeletionDays, 7, 30)) {
    problems.push({
      argument: "keyDeletionDays",
      given: String(keyDeletionDays),
      allowed: "7 to 30, the limits of KMS",
      fix: "use 30 where data matters",
    });
  }
  return problems;
}

/** No network overlaps another network or the range of any Services, so that any two environments can be peered. */
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

/** The load balancer must give up before the pods do, in both numbers. */
function edgeProblems(edge: EnvironmentSpec["edge"], roles: readonly RoleFacts[]): Problem[] {
  const grace = Math.min(...roles.filter(({ ports }) => ports.length > 0).map(graceSeconds));
  return [
    ...unless(edge.idleTimeoutSeconds < restApi.keepAliveSeconds, {
      argument: "idleTimeoutSeconds",
      given: String(edge.idleTimeoutSeconds),
      allowed: `below ${restApi.keepAliveSeconds}, the seconds that pods keep an idle connection`,
      fix: "lower it, or raise keepAliveSeconds in apps/contracts: pods that close first answer with 502",
    }),
    ...unless(edge.deregistrationDelaySeconds <= grace, {
      argument: "deregistrationDelaySeconds",
      given: String(edge.deregistrationDelaySeconds),
      allowed: `at most ${grace}, the seconds that pods get to stop`,
      fix: "lower it, or raise preStopSeconds in infra/workloads: pods would end while requests still arrive",
    }),
  ];
}

/** docs/requirements.md, APIs: 10 MB at the edge. */
const mostEdgeBytes = 10_485_760;

/** Below the limit of the API, the firewall would refuse what the API accepts. */
function bodyLimitProblems({ maxBodyBytes }: EnvironmentSpec["firewall"]): Problem[] {
  return unless(maxBodyBytes >= restApi.mostBodyBytes && maxBodyBytes <= mostEdgeBytes, {
    argument: "maxBodyBytes",
    given: String(maxBodyBytes),
    allowed: `${restApi.mostBodyBytes}, the limit of the API, to ${mostEdgeBytes}, the limit of the requirements`,
    fix: `use ${mostEdgeBytes}`,
  });
}

/** CloudFront finds certificates, web ACL, logs and alarms in one region only. */
function distributionProblems(spec: EnvironmentSpec): Problem[] {
  return unless(featuresOf(spec).distribution === undefined || spec.region === "us-east-1", {
    argument: "distribution",
    given: `settings, in ${spec.region}`,
    allowed: '"none", or region "us-east-1", or edge.failover "secondary"',
    fix: "CloudFront is made in us-east-1 only: let an environment there own it, or do without",
  });
}

/** Mail to people who register needs a sender, and the program passes none. */
function issuerProblems(spec: EnvironmentSpec): Problem[] {
  const { issuer } = featuresOf(spec);
  if (issuer === undefined) return [];
  return under("issuer", [
    ...logRetentionProblems(issuer.logRetentionDays),
    ...unless(!issuer.selfRegistration, {
      argument: "selfRegistration",
      given: "true",
      allowed: "false",
      fix: "invite users, or first pass a verified sender in infra/platform/token-issuer.ts: Cognito's own stops at 50 mails a day",
    }),
  ]);
}

function operationsProblems(spec: EnvironmentSpec): Problem[] {
  const { audit, backups } = featuresOf(spec);
  const { budget, metrics } = spec.operations;
  return [
    ...(backups
      ? under("backups", [...checkBackupSettings(backups), ...takeoverProblems(spec, backups)])
      : []),
    ...under("metrics", checkMetricsSettings(metrics)),
    ...under("budget", checkBudgetSettings(budget)),
    ...(audit ? under("audit", checkAuditSettings(audit)) : []),
  ];
}

/**
 * A continuous backup takes the retention of the database over (AWS Backup developer guide, "Continuous backups and
 * point-in-time restore"): the instance then has the days of the backup plan, whatever its own setting says.
 */
function takeoverProblems(
  { postgres }: EnvironmentSpec,
  { continuousRetentionDays }: BackupSettings,
): Problem[] {
  return unless(postgres.backupRetentionDays === continuousRetentionDays, {
    argument: "continuousRetentionDays",
    given: `${continuousRetentionDays}, and postgres.backupRetentionDays ${postgres.backupRetentionDays}`,
    allowed: "the same number in both: AWS Backup sets that of the database",
    fix: "decide how many days the database can be restored to, and write it in both places",
  });
}

/** `removal` decides what a destroy leaves. The switches of the stores must agree with it. */
function removalProblems(spec: EnvironmentSpec): Problem[] {
  return [...switchProblems(spec), ...lockProblems(spec)];
}

/** Where a destroy removes everything, nothing may be locked for longer. */
function lockProblems({ removal, operations: { audit } }: EnvironmentSpec): Problem[] {
  if (removal !== "remove" || audit === "elsewhere" || audit.trailLock !== "compliance") return [];
  return [
    {
      argument: "operations.audit.trailLock",
      given: '"compliance" with removal "remove"',
      allowed: '"none", or "governance", which a destroy may bypass',
      fix: "lock only what is to stay: nobody can delete a locked trail before the lock ends",
    },
  ];
}

function switchProblems(spec: EnvironmentSpec): Problem[] {
  const data = spec.removal !== "remove";
  const switches = {
    "cluster.deletionProtected": [spec.cluster.deletionProtected, spec.removal === "retain-all"],
    "postgres.deletionProtected": [spec.postgres.deletionProtected, data],
    "postgres.finalSnapshot": [spec.postgres.finalSnapshot, data],
    "cache.finalSnapshot": [spec.cache.finalSnapshot, data],
  };
  return Object.entries(switches)
    .filter(([, [value, kept]]) => value !== kept)
    .map(([argument, [value, kept]]) => ({
      argument,
      given: `${value} with removal "${spec.removal}"`,
      allowed: String(kept),
      fix: kept ? "protect what is to stay" : "what is protected would stop a destroy half-way",
    }));
}
