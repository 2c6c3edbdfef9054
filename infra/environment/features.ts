import type { DistributionSettings } from "../../components/network/distribution/index.ts";
import { usesShieldAdvanced } from "../../components/network/firewall/index.ts";
import type { IssuerSettings } from "../../components/network/issuer/index.ts";
import { blocksPublicAccess } from "../../components/network/network/index.ts";
import type { BackupSettings } from "../../components/stores/backups/index.ts";
import { keepsMasterPassword } from "../../components/stores/postgres/index.ts";
import type { AuditSettings } from "../../components/watch/audit/index.ts";
import type { EnvironmentSpec, SecretsSettings } from "../../stacks/index.ts";

/**
 * What exists in an environment beyond what every environment has. Decided here once: the code that creates resources
 * and the permissions of the deploy role both read it.
 */
export interface Features {
  /** Trail and detection of the account. */
  readonly audit: AuditSettings | undefined;
  readonly backups: BackupSettings | undefined;
  /** Database backups in the recovery region. */
  readonly databaseCopies: boolean;
  /** CloudFront stands before the load balancer, whichever environment creates it. */
  readonly behindDistribution: boolean;
  /** CloudFront. A failover secondary has the settings and creates none, because the name of the API exists once. */
  readonly distribution: DistributionSettings | undefined;
  /** The environment sends or receives copies of the events. */
  readonly eventCopies: boolean;
  /** The environment receives copies of the events: it has the replicator. */
  readonly eventReplicator: boolean;
  /** Cognito user pool; without it the stack file names an issuer. */
  readonly issuer: IssuerSettings | undefined;
  /** Bucket with the logs of the control plane. */
  readonly logArchive: boolean;
  /** The program itself keeps the master password of the database. */
  readonly masterPassword: boolean;
  /** Block of public access for the whole account in the region. */
  readonly publicAccessBlock: boolean;
  /** Secrets that people write into Secrets Manager. */
  readonly secrets: SecretsSettings | undefined;
  /** Secrets that this environment makes, with a replica in the recovery region. */
  readonly secretsCopied: boolean;
  /** Shield Advanced. */
  readonly shield: boolean;
  /** Copy of the audit trail in the recovery region. */
  readonly trailCopied: boolean;
}

export function featuresOf(spec: EnvironmentSpec): Features {
  const { cluster, edge, firewall, issuer, kafka, network, postgres, operations, secrets } = spec;
  const { audit, backups } = operations;
  const distribution =
    spec.distribution === "none" || edge.failover === "secondary" ? undefined : spec.distribution;
  return {
    audit: audit === "elsewhere" ? undefined : audit,
    backups: backups === "none" ? undefined : backups,
    behindDistribution: spec.distribution !== "none",
    databaseCopies: postgres.recoveryRetentionDays > 0,
    distribution,
    eventCopies: kafka.replication !== "none",
    eventReplicator: kafka.replication === "copy",
    issuer: issuer === "external" ? undefined : issuer,
    logArchive: cluster.logArchiveDays > 0,
    masterPassword: keepsMasterPassword(postgres),
    publicAccessBlock: blocksPublicAccess(network),
    secrets: secrets === "none" ? undefined : secrets,
    secretsCopied: secrets !== "none" && secrets.readBy.length > 0,
    shield: usesShieldAdvanced(firewall) || (distribution !== undefined && usesShieldAdvanced(distribution)),
    trailCopied: audit !== "elsewhere" && audit.trailCopied,
  };
}

/** Regions in which the program creates anything: the recovery region is one of them only where copies go there. */
export function regionsOf(spec: EnvironmentSpec): readonly string[] {
  const { backups, databaseCopies, secretsCopied, trailCopied } = featuresOf(spec);
  const copies = backups !== undefined || databaseCopies || secretsCopied || trailCopied;
  return copies ? [spec.region, spec.recoveryRegion] : [spec.region];
}
