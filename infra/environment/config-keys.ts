import { parseRange, platform } from "../../components/base/core/index.ts";
import { isApiServerCaller, isPublicRange } from "../../components/cluster/cluster/index.ts";
import { repositoryForm } from "../../components/delivery/pipeline-roles/index.ts";
import { restoreForms } from "../../components/stores/postgres/index.ts";

/** Values of `Pulumi.<env>.yaml`, read and checked. */
export interface StackConfig {
  readonly accountId: string;
  readonly domain: string;
  /** Public hosted zone of Route 53 for the domain. */
  readonly hostedZoneId: string;
  /** Address ranges that may reach the API server from the internet. */
  readonly operatorCidrs: readonly string[];
  /** Private address ranges and security groups that may reach the API server inside the network: runners, operators. */
  readonly apiServerCallers?: readonly string[];
  readonly alertEmails: readonly string[];
  /**
   * GitHub repository whose workflows preview and deploy, as in the subject of its tokens: `owner/name`, or
   * `owner@id/name@id` for a repository that was made or renamed since 2026-07-15.
   */
  readonly githubRepository: string;
  readonly deployRoleArn: string;
  readonly breakGlassRoleArn: string;
  readonly taskApiImage: string;
  readonly taskWorkerImage: string;
  readonly schemaRegistryUrl: string;
  /** Private address ranges of the schema registry. Only where it is in a network of ours and not in the cluster. */
  readonly schemaRegistryCidrs?: readonly string[];
  readonly authIssuer: string;
  readonly authAudience: string;
  readonly authJwksUrl: string;
  /** Secret that CloudFront sends to the load balancers, equal in both stacks of a failover pair. Only with CloudFront. */
  readonly originSecret?: string;
  /** Managed prefix list of AWS with the addresses of CloudFront in the region. Only with CloudFront. */
  readonly originPrefixListId?: string;
  /** Managed prefix list of AWS with the health checkers of Route 53 in the region. Only with CloudFront. */
  readonly probePrefixListId?: string;
  /** Cluster whose events are copied here. Only where the spec copies events. */
  readonly kafkaSourceClusterArn?: string;
  /** Subnets of those brokers. */
  readonly kafkaSourceSubnetIds?: readonly string[];
  /** Backup that the database is created from. An operator sets it for one restore; it does not define the environment. */
  readonly databaseRestoreFrom?: string;
  /** Restore time. @default "latest" */
  readonly databaseRestoreTime?: string;
  /** Key of the backup. @default the key of the data, which is right for a backup of the same stack */
  readonly databaseRestoreKeyArn?: string;
}

export type ConfigKey = keyof StackConfig;

/** How a message names a key of a stack file. */
export function keyAt(key: string, source: string): string {
  return `${platform.name}:${key} (${source})`;
}

/** How one key is read. */
export interface Reader<T> {
  readonly allowed: string;
  /** An example of a right value. */
  readonly such: string;
  /** The value, or undefined if the text is wrong. */
  readonly read: (text: string) => T | undefined;
  /** Needed by some specs only; the checks of the specs require it. @default false */
  readonly optional?: true;
  /** The stack file holds it encrypted, and nothing shows it. @default false */
  readonly secret?: true;
}

const matching = (allowed: string, such: string, pattern: RegExp): Reader<string> => ({
  allowed,
  such,
  read: (text) => (pattern.test(text) ? text : undefined),
});

/** The CLI passes lists as JSON. */
const listOf = (
  allowed: string,
  such: string,
  least: number,
  isItem: (item: string) => boolean,
  most = Number.POSITIVE_INFINITY,
): Reader<readonly string[]> => ({
  allowed,
  such,
  read: (text) => {
    const list = parseJson(text);
    if (
      !Array.isArray(list) ||
      list.length < least ||
      list.length > most ||
      new Set(list).size !== list.length
    )
      return undefined;
    return list.every((item) => typeof item === "string" && isItem(item)) ? (list as string[]) : undefined;
  },
});

const url = (allowed: string, such: string, plainHosts: RegExp): Reader<string> => ({
  allowed,
  such,
  read: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname, username, password, search, hash } = new URL(text);
    const safe = protocol === "https:" || (protocol === "http:" && plainHosts.test(hostname));
    return safe && username === "" && password === "" && search === "" && hash === "" ? text : undefined;
  },
});

/** `npm start` runs its own issuer and schema registry on this machine, without certificates. */
export const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** Inside the cluster a schema registry may use http: network policies keep other callers away. */
const loopbackOrCluster = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9.-]+\.svc\.cluster\.local)$/;

const roleArn = (such: string) =>
  matching("the ARN of a role", such, /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/);

const image = (such: string) =>
  matching(
    "repository@sha256:<64 hexadecimal digits>; never a tag, because a tag can change what runs without a deploy",
    such,
    /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$/,
  );

const prefixList = {
  ...matching("the id of a prefix list", "pl-0a1b2c3d", /^pl-[0-9a-f]{8,17}$/),
  optional: true,
} as const;

/** Every key of the namespace, in the order of the schema in `Pulumi.yaml`. A key is required unless it is marked as optional. */
export const configKeys: { readonly [K in ConfigKey]-?: Reader<NonNullable<StackConfig[K]>> } = {
  accountId: matching('12 digits, in quotes ("…")', '"222222222222"', /^\d{12}$/),
  domain: matching(
    "a domain in lower case, without scheme and path",
    "tasks.acme.com",
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  ),
  hostedZoneId: matching("the id of a hosted zone", "Z0123456789ABCDEFGHIJ", /^Z[A-Z0-9]{7,31}$/),
  operatorCidrs: listOf(
    // 65,536 addresses are enough for a large company. Two /1 ranges would be the whole internet.
    "a list of different ranges of public addresses from their first address, each a /16 or smaller",
    '["198.18.7.0/24"], or [] where there is no public endpoint',
    0,
    (item) => {
      const range = parseRange(item);
      return range !== undefined && range.prefix >= 16 && isPublicRange(range);
    },
    40, // Public ranges of a cluster (AWS, "EKS service quotas").
  ),
  apiServerCallers: {
    ...listOf(
      "a list of different private address ranges, each a /16 or smaller, and ids of security groups",
      '["sg-0a1b2c3d4e5f60718", "10.90.4.0/24"]',
      1,
      isApiServerCaller,
    ),
    optional: true,
  },
  alertEmails: listOf(
    "a list of one or more different addresses",
    '["on-call@acme.com"]',
    1, // Without an address nobody receives an alarm.
    (item) => /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(item),
  ),
  githubRepository: matching(
    "owner/name, as GitHub spells it, with both ids where its tokens carry them: owner@id/name@id",
    "acme/task-platform, or acme@123456/task-platform@456789",
    repositoryForm,
  ),
  deployRoleArn: roleArn("arn:aws:iam::<account>:role/deploy"),
  breakGlassRoleArn: roleArn("arn:aws:iam::<account>:role/break-glass"),
  taskApiImage: image("<account>.dkr.ecr.<region>.amazonaws.com/task-api@sha256:…"),
  taskWorkerImage: image("<account>.dkr.ecr.<region>.amazonaws.com/task-worker@sha256:…"),
  schemaRegistryUrl: url(
    "an https URL without credentials and query; http only inside the cluster (….svc.cluster.local) or on this machine",
    "https://registry.acme.com",
    loopbackOrCluster,
  ),
  schemaRegistryCidrs: {
    ...listOf(
      "a list of different private address ranges, each a /16 or smaller",
      '["10.90.8.0/28"]',
      1,
      (item) => isApiServerCaller(item) && parseRange(item) !== undefined,
    ),
    optional: true,
  },
  authIssuer: url(
    "an https URL without credentials and query; http only on this machine",
    "https://login.acme.com",
    loopback,
  ),
  authAudience: matching("1 to 200 characters without spaces", "task-platform", /^\S{1,200}$/),
  authJwksUrl: url(
    "an https URL without credentials and query; http only on this machine",
    "https://login.acme.com/keys",
    loopback,
  ),
  originSecret: {
    ...matching(
      "32 to 128 letters and digits",
      "the output of: openssl rand -hex 32",
      /^[A-Za-z0-9]{32,128}$/,
    ),
    optional: true,
    secret: true,
  },
  originPrefixListId: prefixList,
  probePrefixListId: prefixList,
  kafkaSourceClusterArn: {
    ...matching(
      "the ARN of an MSK cluster",
      "the output kafkaClusterArn of the environment that is copied",
      /^arn:aws:kafka:[a-z]{2}-[a-z]+-\d:\d{12}:cluster\/[\w-]+\/[\w-]+$/,
    ),
    optional: true,
  },
  kafkaSourceSubnetIds: {
    ...listOf(
      "a list of two or more different subnet ids",
      "the output kafkaSubnetIds of the environment that is copied",
      2,
      (item) => /^subnet-[0-9a-f]{8,17}$/.test(item),
    ),
    optional: true,
  },
  databaseRestoreFrom: {
    allowed: "the ARN of a replicated automated backup, or the db-… id of an instance whose backups are kept",
    such: "arn:aws:rds:<region>:<account>:auto-backup:ab-…",
    read: (text) => (restoreForms.backup.test(text) || restoreForms.instance.test(text) ? text : undefined),
    optional: true,
  },
  databaseRestoreTime: {
    allowed: '"latest", or a moment in UTC and whole seconds, in quotes',
    such: '"2026-11-24T09:30:00Z"',
    read: (text) => (text === "latest" || restoreForms.isMoment(text) ? text : undefined),
    optional: true,
  },
  databaseRestoreKeyArn: {
    ...matching(
      "the ARN of a key, not of an alias",
      "arn:aws:kms:<region>:<account>:key/…",
      restoreForms.key,
    ),
    optional: true,
  },
};

/** Keys whose values must be encrypted, and are in no message and no report. */
export const secretConfigKeys: readonly ConfigKey[] = (Object.keys(configKeys) as ConfigKey[]).filter(
  (key) => configKeys[key].secret,
);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
