import type { Removal } from "../components/base/core/index.ts";
import type { ClusterSettings } from "../components/cluster/cluster/index.ts";
import type { WorkloadSettings } from "../components/cluster/workload/index.ts";
import type { ImagesSettings } from "../components/delivery/images/index.ts";
import type { DistributionSettings } from "../components/network/distribution/index.ts";
import type { EdgeSettings } from "../components/network/edge/index.ts";
import type { FirewallSettings } from "../components/network/firewall/index.ts";
import type { IssuerSettings } from "../components/network/issuer/index.ts";
import type { NetworkSettings } from "../components/network/network/index.ts";
import type { BackupSettings } from "../components/stores/backups/index.ts";
import type { CacheSettings } from "../components/stores/cache/index.ts";
import type { KafkaSettings } from "../components/stores/kafka/index.ts";
import type { PostgresSettings } from "../components/stores/postgres/index.ts";
import type { AuditSettings } from "../components/watch/audit/index.ts";
import type { BudgetSettings } from "../components/watch/budget/index.ts";
import type { MetricsSettings } from "../components/watch/metrics/index.ts";

export type EnvironmentName = "dev" | "staging" | "prod" | "dr";

/** Where the secrets of an environment are, and who else reads them. */
export interface SecretsSettings {
  /** Makes them, and has them copied to its recovery region: this environment, or the one whose copies this one reads. */
  readonly owner: EnvironmentName;
  /** Environments in the recovery region that read the copies. */
  readonly readBy: readonly EnvironmentName[];
}

/**
 * What an environment is: one complete page, no optional field, no inheritance.
 * What an operator changes without a code review (addresses, account, digests) is in `Pulumi.<env>.yaml` instead.
 */
export interface EnvironmentSpec {
  readonly name: EnvironmentName;
  /** `standby` waits for the loss of the primary region. */
  readonly role: "primary" | "standby";
  readonly region: string;
  /** Where copies of this environment's data go. */
  readonly recoveryRegion: string;
  /** What a destroy leaves: nothing, the data, or everything. */
  readonly removal: Removal;
  /** Days a deleted key can be brought back: 7 to 30. */
  readonly keyDeletionDays: number;
  readonly tags: { readonly owner: string; readonly costCenter: string; readonly dataClassification: string };
  readonly network: NetworkSettings;
  readonly cluster: ClusterSettings;
  readonly postgres: PostgresSettings;
  readonly cache: CacheSettings;
  readonly kafka: KafkaSettings;
  /** The entrance of the API: load balancer, names, certificate. */
  readonly edge: EdgeSettings & {
    /** Days that access logs are kept. */
    readonly logRetentionDays: number;
  };
  /** CloudFront in front of the load balancers; made by the primary of a failover pair alone. */
  readonly distribution: DistributionSettings | "none";
  readonly firewall: FirewallSettings;
  /** Who signs tokens: a Cognito pool of the environment, or the issuer that the stack file names. */
  readonly issuer: IssuerSettings | "external";
  /** Secrets that people bring, such as the password of the schema registry; `none` where nothing asks for one. */
  readonly secrets: SecretsSettings | "none";
  readonly workloads: {
    readonly api: WorkloadSettings;
    /** Publishes the outbox; shards are shared between replicas. */
    readonly relay: WorkloadSettings;
    /** Consumer group task-processor. */
    readonly processor: WorkloadSettings;
  };
  readonly operations: {
    /** Vaults and their copies; `none` where nothing is worth keeping, or nothing is kept yet. */
    readonly backups: BackupSettings | "none";
    readonly metrics: MetricsSettings;
    readonly budget: BudgetSettings;
    /** Image repositories are built into once and promoted by digest, so one environment owns them. */
    readonly images: ImagesSettings | "elsewhere";
    /** Trail and detection belong to an account, so one environment of an account owns them. */
    readonly audit: AuditSettings | "elsewhere";
  };
  /** Relaxations of the defaults, each with its reason; shown in docs/environments.md. Empty in prod. */
  readonly relaxed: readonly { readonly what: string; readonly why: string }[];
}
