import { Backups } from "../../components/stores/backups/index.ts";
import { Audit } from "../../components/watch/audit/index.ts";
import { Budget } from "../../components/watch/budget/index.ts";
import { LogArchive } from "../../components/watch/log-archive/index.ts";
import { type Environment, featuresOf } from "../environment/index.ts";
import { physicalNames } from "../names.ts";
import { createRecoveryKey, type Platform } from "../platform/index.ts";
import type { Providers } from "../providers.ts";
import { createTrailCopy } from "./trail-copy.ts";

/** Backups, archives, budget, and what exists once per account. */
export function createOperations(environment: Environment, platform: Platform, providers: Providers): void {
  createBudget(environment, platform, providers);
  createBackups(environment, platform, providers);
  createLogArchive(environment, platform, providers);
  createAccountWide(environment, platform, providers);
}

function createBudget({ spec }: Environment, platform: Platform, providers: Providers): void {
  new Budget(
    "budget",
    {
      settings: spec.operations.budget,
      environmentTag: spec.name,
      topicArn: platform.alerts.ticketTopicArn,
    },
    { providers: providers.all },
  );
}

function createBackups(environment: Environment, platform: Platform, providers: Providers): void {
  const { spec, config } = environment;
  const { backups } = featuresOf(spec);
  if (backups === undefined) return;
  const { prefix } = physicalNames(environment);
  new Backups(
    "backups",
    {
      settings: backups,
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

/** The logs of the control plane, with its audit log, for longer than the log group keeps them. */
function createLogArchive({ spec, config }: Environment, platform: Platform, providers: Providers): void {
  const { logArchiveDays, logRetentionDays } = spec.cluster;
  if (!featuresOf(spec).logArchive) return;
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

/** The audit exists once per account, so one environment owns it. */
function createAccountWide(environment: Environment, platform: Platform, providers: Providers): void {
  const { spec, config } = environment;
  const { audit, trailCopied } = featuresOf(spec);
  const { prefix } = physicalNames(environment);
  const place = { accountId: config.accountId, region: spec.region, removal: spec.removal };
  if (audit) {
    new Audit(
      "audit",
      {
        ...place,
        settings: audit,
        trailName: prefix,
        logKeyArn: platform.keys.arns.logs,
        diskKeyArn: platform.keys.arns.disks,
        alarmTopicArn: platform.alerts.ticketTopicArn,
        ...(trailCopied ? { trailCopy: createTrailCopy(environment, providers) } : {}),
      },
      { providers: providers.all },
    );
  }
}
