import { namespace, probePaths, workloads } from "@task-platform/contracts";
import { charts } from "../components/cluster/charts/index.ts";
import { externalSecretsMetrics } from "../components/cluster/external-secrets/index.ts";
import { Images } from "../components/delivery/images/index.ts";
import { Backups } from "../components/stores/backups/index.ts";
import { Audit } from "../components/watch/audit/index.ts";
import { Budget } from "../components/watch/budget/index.ts";
import { LogArchive } from "../components/watch/log-archive/index.ts";
import { Metrics } from "../components/watch/metrics/index.ts";
import { stoppedNames } from "./capacity.ts";
import type { Environment } from "./environment.ts";
import { physicalNames } from "./names.ts";
import type { Platform } from "./platform.ts";
import type { Providers } from "./providers.ts";
import { createRecoveryKey, createTrailCopy } from "./recovery.ts";

/** Repositories by image; the migration is in that of the API. */
const repositories = [workloads.api, "task-worker"];

/** What watches the platform, brings it back and keeps an account of it. */
export function createOperations(environment: Environment, platform: Platform, providers: Providers): void {
  createMetrics(environment, platform, providers);
  createBackups(environment, platform, providers);
  createLogArchive(environment, platform, providers);
  createAccountWide(environment, platform, providers);
}

function createMetrics({ spec, config }: Environment, platform: Platform, providers: Providers): void {
  const opts = { providers: providers.all };
  const withSecrets = spec.secrets !== "none";
  new Metrics(
    "metrics",
    {
      settings: spec.operations.metrics,
      environment: spec.name,
      accountId: config.accountId,
      region: spec.region,
      removal: spec.removal,
      dataKeyArn: platform.keys.arns.data,
      logKeyArn: platform.keys.arns.logs,
      pageTopicArn: platform.alerts.pageTopicArn,
      ticketTopicArn: platform.alerts.ticketTopicArn,
      clusterArn: platform.cluster.clusterArn,
      securityGroupId: platform.cluster.nodeSecurityGroupId,
      subnetIds: platform.network.privateSubnetIds,
      targets: [
        { job: "workloads", namespace, port: "admin", path: probePaths.metrics },
        ...(withSecrets ? [{ job: "controllers", ...externalSecretsMetrics }] : []),
      ],
      stopped: [
        ...stoppedNames(spec.workloads),
        ...(withSecrets ? [] : [charts.externalSecrets.serviceAccount]),
      ],
    },
    opts,
  );
  new Budget(
    "budget",
    {
      settings: spec.operations.budget,
      environmentTag: spec.name,
      topicArn: platform.alerts.ticketTopicArn,
    },
    opts,
  );
}

function createBackups(environment: Environment, platform: Platform, providers: Providers): void {
  const { spec, config } = environment;
  if (spec.operations.backups === "none") return;
  const { prefix } = physicalNames(environment);
  new Backups(
    "backups",
    {
      settings: spec.operations.backups,
      prefix,
      accountId: config.accountId,
      removal: spec.removal,
      keyArn: platform.keys.arns.data,
      recoveryKeyArn: createRecoveryKey(environment, providers, "backups"),
      recoveryProvider: providers.recovery,
      alarmTopicArn: platform.alerts.ticketTopicArn,
      environmentTag: spec.name,
    },
    { providers: providers.all },
  );
}

/** Who did what in the cluster, for longer than anybody searches. */
function createLogArchive({ spec, config }: Environment, platform: Platform, providers: Providers): void {
  const { logArchiveDays, logRetentionDays } = spec.cluster;
  if (logArchiveDays === 0) return;
  new LogArchive(
    "log-archive",
    {
      folder: "control-plane",
      logGroupName: platform.cluster.logGroupName,
      retentionDays: logArchiveDays,
      prefix: physicalNames({ spec }).prefix,
      accountId: config.accountId,
      region: spec.region,
      removal: spec.removal,
      keyArn: platform.keys.arns.logs,
      errorRetentionDays: logRetentionDays,
      alarmTopicArn: platform.alerts.ticketTopicArn,
    },
    { providers: providers.all },
  );
}

/** What exists once in an account, where this environment owns it. */
function createAccountWide(environment: Environment, platform: Platform, providers: Providers): void {
  const { spec, config } = environment;
  const { audit, images } = spec.operations;
  const { prefix } = physicalNames(environment);
  const place = { accountId: config.accountId, region: spec.region, removal: spec.removal };
  const opts = { providers: providers.all };
  if (images !== "elsewhere") {
    const { recoveryRegion } = spec;
    new Images(
      "images",
      { ...place, settings: images, repositories, recoveryRegion, keyArn: platform.keys.arns.data },
      opts,
    );
  }
  if (audit !== "elsewhere") {
    new Audit(
      "audit",
      {
        ...place,
        settings: audit,
        trailName: prefix,
        logKeyArn: platform.keys.arns.logs,
        diskKeyArn: platform.keys.arns.disks,
        alarmTopicArn: platform.alerts.ticketTopicArn,
        ...(audit.trailCopied ? { trailCopy: createTrailCopy(environment, providers) } : {}),
      },
      opts,
    );
  }
}
