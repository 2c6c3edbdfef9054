import { serviceTrust } from "../../components/base/core/index.ts";
import { platform } from "../../components/base/core/settings.ts";
import {
  boundaryArn,
  boundaryName,
  githubIssuer,
  githubProviderArn,
  imagesKeyAlias,
  secretsKeyAlias,
  stateBucketName,
  stateKeyAlias,
} from "../../infra/names.ts";
import { encryption, lifecycle, replication } from "./bucket-settings.ts";
import { imageSteps } from "./images/index.ts";
import { linkedRoleSteps } from "./linked-roles.ts";
import { peopleRoleSteps } from "./people-roles.ts";
import { boundaryPolicy, replicationPolicy, tlsOnly } from "./policy-documents.ts";
import { type BootstrapOptions, command, type Step } from "./types.ts";

const replicationRole = `${platform.name}-state-replication`;

/**
 * The layer of the account: what every environment in it uses and none may own. The state with its keys and its copy, the
 * roles that deploy and break-glass need before a first deploy, and the images. It cannot be a Pulumi program, because a
 * program needs a state first.
 */
export function bootstrapSteps(options: BootstrapOptions): readonly Step[] {
  const { environments, homeRegion, recoveryRegion } = options;
  return [
    accountStep(options),
    ...keySteps("state", stateKeyAlias, "state of every environment", options),
    ...environments.flatMap((name) => keySteps(name, secretsKeyAlias(name), `secrets of ${name}`, options)),
    ...[homeRegion, recoveryRegion].flatMap((region) => bucketSteps(region, options)),
    ...replicationSteps(options),
    ...accountSteps(options),
    ...linkedRoleSteps(),
    ...peopleRoleSteps(options),
    ...keySteps("images", imagesKeyAlias, "images of every environment", options),
    ...imageSteps(options),
  ];
}

/** With the credentials of another account everything would be made there. */
function accountStep({ accountId, homeRegion }: BootstrapOptions): Step {
  return {
    title: `credentials of account ${accountId}`,
    make: [],
    wanted: {
      question: command(`sts get-caller-identity --query Account --output text --region ${homeRegion}`),
      answer: accountId,
      seconds: 0,
      otherwise: "nothing was created: take the profile of that account, or correct --account",
    },
  };
}

/** A new replica is being made for minutes, and nothing can use it before (AWS, "Creating multi-Region replica keys"). */
const replicaReadyWithinSeconds = 900;

/** A multi-region key: either region decrypts what the other encrypted, under the same alias. */
function keySteps(
  key: string,
  alias: string,
  purpose: string,
  { homeRegion, recoveryRegion }: BootstrapOptions,
): Step[] {
  const id = `{key-${key}}`;
  const named = (region: string): Step => ({
    title: `alias of the key in ${region}`,
    check: command(`kms describe-key --key-id ${alias} --region ${region}`),
    make: [command(`kms create-alias --alias-name ${alias} --target-key-id ${id} --region ${region}`)],
  });
  const replica = command(`kms describe-key --key-id ${id} --region ${recoveryRegion}`);
  const create = `kms create-key --multi-region --query KeyMetadata.KeyId --output text --region ${homeRegion}`;
  return [
    {
      title: `key ${alias} in ${homeRegion}`,
      // The only name of a key is its alias, so the alias is made at once: without it the next run would make a second key.
      check: command(`kms describe-key --key-id ${alias} --region ${homeRegion}`),
      capture: `key-${key}`,
      make: [command(create, "--description", `${platform.name}: ${purpose}`), ...named(homeRegion).make],
    },
    {
      title: "  rotated every year",
      make: [command(`kms enable-key-rotation --key-id ${id} --region ${homeRegion}`)],
    },
    {
      title: `replica of the key in ${recoveryRegion}`,
      check: replica,
      make: [
        command(`kms replicate-key --key-id ${id} --replica-region ${recoveryRegion} --region ${homeRegion}`),
      ],
      wanted: {
        question: [...replica, ...["--query", "KeyMetadata.KeyState", "--output", "text"]],
        answer: "Enabled",
        seconds: replicaReadyWithinSeconds,
        otherwise: "run the command again when the key is enabled; it keeps what exists",
      },
    },
    named(recoveryRegion),
  ];
}

function bucketSteps(region: string, { accountId }: BootstrapOptions): Step[] {
  const bucket = stateBucketName(accountId, region);
  const s3 = (action: string, ...more: readonly string[]) =>
    command(`s3api ${action} --bucket ${bucket} --region ${region}`, ...more);
  // S3 refuses a location constraint that names us-east-1.
  const location =
    region === "us-east-1"
      ? []
      : ["--create-bucket-configuration", JSON.stringify({ LocationConstraint: region })];
  return [
    {
      title: `bucket ${bucket}`,
      check: s3("head-bucket"),
      make: [s3("create-bucket", ...location)],
    },
    {
      title: "  private, versioned, encrypted, TLS only; old versions expire after 90 days",
      make: [
        s3(
          "put-public-access-block",
          "--public-access-block-configuration",
          "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
        ),
        s3("put-bucket-versioning", "--versioning-configuration", "Status=Enabled"),
        s3("put-bucket-encryption", "--server-side-encryption-configuration", encryption(accountId, region)),
        s3("put-bucket-policy", "--policy", tlsOnly(bucket)),
        s3("put-bucket-lifecycle-configuration", "--lifecycle-configuration", lifecycle),
      ],
    },
  ];
}

function replicationSteps(options: BootstrapOptions): Step[] {
  const { accountId, homeRegion, recoveryRegion } = options;
  const home = stateBucketName(accountId, homeRegion);
  const copy = stateBucketName(accountId, recoveryRegion);
  const roleArn = `arn:aws:iam::${accountId}:role/${replicationRole}`;
  const trust = serviceTrust("s3.amazonaws.com");
  return [
    {
      title: `role ${replicationRole}`,
      check: command(`iam get-role --role-name ${replicationRole}`),
      make: [command(`iam create-role --role-name ${replicationRole} --assume-role-policy-document`, trust)],
    },
    {
      title: `copy of every object to ${copy}, within 15 minutes`,
      make: [
        // Every run, because an earlier release asked S3 for a key that it is not known to send.
        command(`iam update-assume-role-policy --role-name ${replicationRole} --policy-document`, trust),
        command(
          `iam put-role-policy --role-name ${replicationRole} --policy-name replicate --policy-document`,
          replicationPolicy(options),
        ),
        command(
          `s3api put-bucket-replication --bucket ${home} --region ${homeRegion} --replication-configuration`,
          replication(roleArn, copy, accountId, recoveryRegion),
        ),
      ],
    },
  ];
}

/** Resources that every environment of the account uses and none may own. */
function accountSteps({ accountId }: BootstrapOptions): Step[] {
  const provider = `iam get-open-id-connect-provider --open-id-connect-provider-arn ${githubProviderArn(accountId)}`;
  return [
    {
      title: "OpenID Connect provider of GitHub Actions",
      check: command(provider),
      make: [
        command(
          `iam create-open-id-connect-provider --url https://${githubIssuer} --client-id-list sts.amazonaws.com`,
        ),
      ],
    },
    {
      title: `policy ${boundaryName}, the boundary of every role of the platform`,
      check: command(`iam get-policy --policy-arn ${boundaryArn(accountId)}`),
      make: [command(`iam create-policy --policy-name ${boundaryName} --policy-document`, boundaryPolicy)],
    },
  ];
}
