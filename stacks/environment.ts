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

/** Which environment owns the secrets, and which others read them. */
export interface SecretsSettings {
  /** The environment that creates the secrets and their replicas in its recovery region: this one, or the one whose replicas this one reads. */
  readonly owner: EnvironmentName;
  /** Environments in the recovery region that read the replicas. */
  readonly readBy: readonly EnvironmentName[];
}

/**
 * Everything that defines an environment: no optional field, no inheritance. Values that an operator changes without a code
 * review (addresses, account, digests) are in `Pulumi.<env>.yaml` instead.
 */
export interface EnvironmentSpec {
  readonly name: EnvironmentName;
  /** A `standby` takes over after the loss of the primary region. */
  readonly role: "primary" | "standby";
  readonly region: string;
  /** Region that receives copies of the data of this environment. */
  readonly recoveryRegion: string;
  /** What `npm run destroy` leaves behind: nothing, the data with what it stands on, or everything (it refuses). */
  readonly removal: Removal;
  /** Days in which a deleted key can be restored: 7 to 30. */
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
  /** CloudFront in front of the load balancers. In a failover pair only the primary creates it. */
  readonly distribution: DistributionSettings | "none";
  readonly firewall: FirewallSettings;
  /** Issuer of tokens: a Cognito user pool of the environment, or the issuer that the stack file names. */
  readonly issuer: IssuerSettings | "external";
  /** Secrets that people provide, such as the password of the schema registry. `none` where nothing needs one. */
  readonly secrets: SecretsSettings | "none";
  /** By the key of each role in `infra/workloads`; the checks refuse an unknown key and a missing one. */
  readonly workloads: Readonly<Record<string, WorkloadSettings>>;
  readonly operations: {
    /** Backup vaults and their copies. `none` where no data is worth keeping yet. */
    readonly backups: BackupSettings | "none";
    readonly metrics: MetricsSettings;
    readonly budget: BudgetSettings;
    /** Images are built once and promoted by digest, so one environment owns the image repositories. */
    readonly images: ImagesSettings | "elsewhere";
    /** The audit trail and the detection exist once per account, so one environment of the account owns them. */
    readonly audit: AuditSettings | "elsewhere";
  };
  /** Relaxations of the defaults, each with its reason; shown in docs/environments.md. Empty in prod. */
  readonly relaxed: readonly { readonly what: string; readonly why: string }[];
}
