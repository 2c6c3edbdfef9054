import {
  boundaryPolicy,
  encryption,
  lifecycle,
  replication,
  replicationPolicy,
  replicationTrust,
  tlsOnly,
} from "./documents.ts";

/** Where the state lives, and where it survives. */
export interface BootstrapOptions {
  readonly accountId: string;
  readonly homeRegion: string;
  readonly recoveryRegion: string;
  /** Environments whose secrets get a key of their own. */
  readonly environments: readonly string[];
}

/** One thing to make: asked for first, so that a second run changes nothing. Arguments are those of `aws`. */
export interface Step {
  readonly title: string;
  /** Succeeds when it is there already. Left out where making it twice is the same as once. */
  readonly check?: readonly string[];
  readonly make: readonly (readonly string[])[];
  /** The output of the first command, for `{name}` in later ones. */
  readonly capture?: string;
}

const project = "task-platform";

/** S3 names are unique over all accounts, so the account is in the name. */
export function stateBucket(accountId: string, region: string): string {
  return `${project}-state-${accountId}-${region}`;
}

/**
 * Everything the state of every environment needs to outlive the home region: keys that exist in both regions, a
 * versioned bucket and its copy. It cannot be a Pulumi program, because a program needs a state first.
 */
export function bootstrapSteps(options: BootstrapOptions): readonly Step[] {
  const keys = ["state", ...options.environments];
  const regions = [options.homeRegion, options.recoveryRegion];
  return [
    ...keys.flatMap((key) => keySteps(key, options)),
    ...regions.flatMap((region) => bucketSteps(region, options)),
    ...replicationSteps(options),
    ...accountSteps(options),
  ];
}

/** A multi-region key: what one region encrypted, the other decrypts, under the same alias. */
function keySteps(key: string, { homeRegion, recoveryRegion }: BootstrapOptions): Step[] {
  const alias = `alias/${project}-${key}`;
  const describe = (region: string) => ["kms", "describe-key", "--key-id", alias, "--region", region];
  const name = `key-${key}`;
  const aliased = (region: string) => [
    "kms",
    "create-alias",
    "--alias-name",
    alias,
    "--target-key-id",
    `{${name}}`,
    "--region",
    region,
  ];
  return [
    {
      title: `key ${alias} in ${homeRegion}`,
      check: describe(homeRegion),
      capture: name,
      make: [
        [
          "kms",
          "create-key",
          "--multi-region",
          "--description",
          `${project}: ${key === "state" ? "state of every environment" : `secrets of ${key}`}`,
          "--query",
          "KeyMetadata.KeyId",
          "--output",
          "text",
          "--region",
          homeRegion,
        ],
        ["kms", "enable-key-rotation", "--key-id", `{${name}}`, "--region", homeRegion],
        aliased(homeRegion),
      ],
    },
    {
      title: `its replica in ${recoveryRegion}`,
      check: describe(recoveryRegion),
      make: [
        [
          "kms",
          "replicate-key",
          "--key-id",
          `{${name}}`,
          "--replica-region",
          recoveryRegion,
          "--region",
          homeRegion,
        ],
        aliased(recoveryRegion),
      ],
    },
  ];
}

function bucketSteps(region: string, { accountId }: BootstrapOptions): Step[] {
  const bucket = stateBucket(accountId, region);
  const of = (command: string, ...rest: string[]) => [
    "s3api",
    command,
    "--bucket",
    bucket,
    "--region",
    region,
    ...rest,
  ];
  const place =
    region === "us-east-1"
      ? [] // The one region that refuses to be named.
      : ["--create-bucket-configuration", JSON.stringify({ LocationConstraint: region })];
  return [
    {
      title: `bucket ${bucket}`,
      check: of("head-bucket"),
      make: [of("create-bucket", ...place)],
    },
    {
      title: "  private, versioned, encrypted, TLS only; old versions end after 90 days",
      make: [
        of(
          "put-public-access-block",
          "--public-access-block-configuration",
          "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
        ),
        of("put-bucket-versioning", "--versioning-configuration", "Status=Enabled"),
        of("put-bucket-encryption", "--server-side-encryption-configuration", encryption(accountId, region)),
        of("put-bucket-policy", "--policy", tlsOnly(bucket)),
        of("put-bucket-lifecycle-configuration", "--lifecycle-configuration", lifecycle),
      ],
    },
  ];
}

function replicationSteps({ accountId, homeRegion, recoveryRegion }: BootstrapOptions): Step[] {
  const role = `${project}-state-replication`;
  const home = stateBucket(accountId, homeRegion);
  const copy = stateBucket(accountId, recoveryRegion);
  return [
    {
      title: `role ${role}`,
      check: ["iam", "get-role", "--role-name", role],
      make: [
        [
          "iam",
          "create-role",
          "--role-name",
          role,
          "--assume-role-policy-document",
          replicationTrust(accountId),
        ],
      ],
    },
    {
      title: `copy of every object to ${copy}, within 15 minutes`,
      make: [
        [
          "iam",
          "put-role-policy",
          "--role-name",
          role,
          "--policy-name",
          "replicate",
          "--policy-document",
          replicationPolicy(accountId, home, copy, homeRegion, recoveryRegion),
        ],
        [
          "s3api",
          "put-bucket-replication",
          "--bucket",
          home,
          "--region",
          homeRegion,
          "--replication-configuration",
          replication(`arn:aws:iam::${accountId}:role/${role}`, copy, accountId, recoveryRegion),
        ],
      ],
    },
  ];
}

/** What every environment of the account stands on and none may own: GitHub's provider, and the bound of all roles. */
function accountSteps({ accountId }: BootstrapOptions): Step[] {
  const provider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
  const boundary = `${project}-boundary`;
  return [
    {
      title: "OpenID Connect provider of GitHub Actions",
      check: ["iam", "get-open-id-connect-provider", "--open-id-connect-provider-arn", provider],
      make: [
        [
          "iam",
          "create-open-id-connect-provider",
          "--url",
          "https://token.actions.githubusercontent.com",
          "--client-id-list",
          "sts.amazonaws.com",
        ],
      ],
    },
    {
      title: `policy ${boundary}, the bound of every role of the platform`,
      check: ["iam", "get-policy", "--policy-arn", `arn:aws:iam::${accountId}:policy/${boundary}`],
      make: [["iam", "create-policy", "--policy-name", boundary, "--policy-document", boundaryPolicy]],
    },
  ];
}
