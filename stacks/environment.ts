import {
  byName,
  group,
  list,
  mostDays,
  number,
  orWord,
  type Settings,
  text,
  whole,
  word,
} from "../components/base/core/settings.ts";
import { clusterSettings } from "../components/cluster/cluster/settings.ts";
import { workloadSettings } from "../components/cluster/workload/settings.ts";
import { distributionSettings } from "../components/network/distribution/settings.ts";
import { edgeSettings } from "../components/network/edge/settings.ts";
import { firewallSettings } from "../components/network/firewall/settings.ts";
import { issuerSettings } from "../components/network/issuer/settings.ts";
import { networkSettings } from "../components/network/network/settings.ts";
import { backupSettings } from "../components/stores/backups/settings.ts";
import { cacheSettings } from "../components/stores/cache/settings.ts";
import { kafkaSettings } from "../components/stores/kafka/settings.ts";
import { postgresSettings } from "../components/stores/postgres/settings.ts";
import { auditSettings } from "../components/watch/audit/settings.ts";
import { budgetSettings } from "../components/watch/budget/settings.ts";
import { metricsSettings } from "../components/watch/metrics/settings.ts";

/**
 * Regions of AWS that every account may use without switching them on (AWS, "AWS Regions": opt-in status "not required").
 * A region that must be switched on by hand has tokens and endpoints of its own, and nothing here was tried with one.
 */
const regions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-central-1",
  "eu-north-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
] as const;

/** A value of a tag, as most services accept it (AWS, "Tag naming limits and requirements"); none may begin with "aws:". */
const tag = (such: string) =>
  text(such, {
    allowed: '1 to 256 letters, digits, spaces and any of _.:/=+-@, not beginning with "aws:"',
    pattern: /^(?![aA][wW][sS]:)[\p{L}\p{N} _.:/=+\-@]{1,256}$/u,
  });

/** Also a label of every Kubernetes object (Kubernetes, "Labels and Selectors": syntax). */
const ownerTag = text("platform", {
  allowed:
    "1 to 63 letters, digits and any of _.-, beginning and ending with a letter or a digit: a label too",
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
});

/** Names of environments are parts of physical names. The shortest limit of those is the one of ElastiCache. */
const environmentName = (such: string) =>
  text(such, {
    allowed: "2 to 16 lower-case letters, digits and single hyphens, beginning with a letter",
    pattern: /^(?=.{2,16}$)[a-z](?:-?[a-z0-9])*$/,
  });

/** Which environment owns the secrets, and which others read them. */
const secretsSettings = group({
  /** The environment that creates the secrets and their replicas in its recovery region: this one, or the one whose replicas this one reads. */
  owner: environmentName("prod"),
  /** Environments in the recovery region that read the replicas. */
  readBy: list(environmentName("dr")),
});

export type SecretsSettings = Settings<typeof secretsSettings>;

/**
 * Everything that defines an environment: no optional field, no inheritance. Values that an operator changes without a code
 * review (addresses, account, digests) are in `Pulumi.<env>.yaml` instead. The compiler checks the specs by the type below, and
 * the program by this schema, because Node strips the types.
 */
export const environmentSchema = group({
  name: environmentName("prod"),
  /** A `standby` takes over after the loss of the primary region. */
  role: word("primary", "standby"),
  region: word(...regions),
  /** Region that receives copies of the data of this environment. */
  recoveryRegion: word(...regions),
  /** What `npm run destroy` leaves behind: nothing, the data with what it stands on, or everything (it refuses). */
  removal: word("remove", "retain-data", "retain-all"),
  /** Days in which a deleted key can be restored: 7 to 30. */
  keyDeletionDays: number(),
  tags: group({ owner: ownerTag, costCenter: tag("tasks"), dataClassification: tag("synthetic") }),
  network: networkSettings,
  cluster: clusterSettings,
  postgres: postgresSettings,
  cache: cacheSettings,
  kafka: kafkaSettings,
  /** The entrance of the API: load balancer, names, certificate. */
  edge: group({
    ...edgeSettings,
    /** Days that access logs are kept. */
    logRetentionDays: whole({ least: 1, most: mostDays }),
  }),
  /** Whether the API serves its documentation, at /docs and /openapi.json, to everyone who reaches it. */
  apiDocs: word("on", "off"),
  /** CloudFront in front of the load balancers. In a failover pair only the primary creates it. */
  distribution: orWord(distributionSettings, "none"),
  firewall: firewallSettings,
  /** Issuer of tokens: a Cognito user pool of the environment, or the issuer that the stack file names. */
  issuer: orWord(issuerSettings, "external"),
  /** Secrets that people provide, such as the password of the schema registry. `none` where nothing needs one. */
  secrets: orWord(secretsSettings, "none"),
  /** By the key of each role in `infra/workloads`; the checks refuse an unknown key and a missing one. */
  workloads: byName(workloadSettings),
  operations: group({
    /** Backup vaults and their copies. `none` where no data is worth keeping yet. */
    backups: orWord(backupSettings, "none"),
    metrics: metricsSettings,
    budget: budgetSettings,
    /** The audit trail and the detection exist once per account, so one environment of the account owns them. */
    audit: orWord(auditSettings, "elsewhere"),
  }),
  /** Relaxations of the defaults, each with its reason; shown in docs/environments.md. Empty in prod. */
  relaxed: list(group({ what: text("one NAT gateway"), why: text("the loss of its zone may stop it") })),
});

/** An interface, so that messages of the compiler have its name and not all its fields. */
export interface EnvironmentSpec extends Settings<typeof environmentSchema> {}
