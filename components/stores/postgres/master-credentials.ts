import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { secretPolicy } from "../../base/secrets/index.ts";
import type { PostgresArgs } from "./args.ts";
import { masterRotation } from "./windows.ts";

/** What the instance is told about its master password, and the secret that holds it when RDS does not make one. */
export interface MasterCredentials {
  readonly inputs: Partial<aws.rds.InstanceArgs>;
  readonly ownSecretArn?: pulumi.Output<string>;
}

/**
 * As a rule RDS makes the password, keeps it in Secrets Manager and turns it: it is never in our state.
 *
 * RDS refuses replicas and blue/green deployments of a PostgreSQL instance whose password it manages (RDS User Guide,
 * "Limitations for Secrets Manager integration"). With either the password is therefore ours: random, encrypted in the
 * state by the key of the stack, in a secret that only the named roles read, copied to where the backups are copied. No
 * application uses it in either case. The provider changes the one into the other in place: none of the arguments
 * replaces.
 *
 * Nothing turns ours by itself. People do, where somebody has seen it, and only while `updates` is "in-place": a copy
 * of an update cannot have another password than its source.
 *
 *     pulumi up --stack <env> --replace <urn of the RandomPassword>
 */
export function createMasterCredentials(
  name: string,
  args: PostgresArgs,
  parent: pulumi.Resource,
): MasterCredentials {
  if (args.settings.masterPassword === "rds") {
    return { inputs: { manageMasterUserPassword: true, masterUserSecretKmsKeyId: args.secretKeyArn } };
  }
  // Letters and digits only: RDS refuses some signs, and 40 of 62 is 238 bits.
  const password = new random.RandomPassword(
    `${name}-master-password`,
    { length: 40, special: false },
    { parent },
  );
  const secret = createMasterSecret(name, args, password.result, parent);
  return {
    inputs: { passwordWo: password.result, passwordWoVersion: password.result.apply(versionOf) },
    ownSecretArn: secret.arn,
  };
}

/** A number that changes with the password: the provider writes a new one only then. 31 bits of a hash tell nothing of it. */
function versionOf(password: string): number {
  return createHash("sha256").update(password).digest().readUInt32BE(0) >>> 1;
}

function createMasterSecret(
  name: string,
  args: PostgresArgs,
  password: pulumi.Output<string>,
  parent: pulumi.Resource,
): aws.secretsmanager.Secret {
  const { recoveryKeyArn, recoveryRegion } = args;
  const secret = new aws.secretsmanager.Secret(
    `${name}-master-secret`,
    {
      // The role that deploys knows it by this: the provider reads a value back.
      namePrefix: masterSecretPrefix(args.identifier),
      description: `Master password of ${args.identifier}. For operators in an emergency; applications use IAM.`,
      kmsKeyId: args.secretKeyArn,
      recoveryWindowInDays: args.removal === "remove" ? 0 : 30, // 30 is the longest; 0 frees the name at once.
      ...(recoveryKeyArn ? { replicas: [{ region: recoveryRegion, kmsKeyId: recoveryKeyArn }] } : {}),
    },
    { parent },
  );
  const policy = new aws.secretsmanager.SecretPolicy(
    `${name}-master-secret`,
    {
      secretArn: secret.arn,
      policy: secretPolicy(args.accountId, args.masterSecretReaders),
      blockPublicPolicy: true,
    },
    { parent },
  );
  new aws.secretsmanager.SecretVersion(
    `${name}-master-secret-value`,
    {
      secretId: secret.id,
      secretString: pulumi.jsonStringify({ username: args.masterUsername, password }),
    },
    { parent, dependsOn: [policy] }, // Nobody else reads it, from its first minute on.
  );
  return secret;
}

/** Start of the name of the secret that the block keeps; the rest is the service's. */
export function masterSecretPrefix(identifier: string): string {
  return `${identifier}-master-`;
}

/**
 * The secret's ARN, with the rotation of a managed one put into the maintenance window. RDS would turn it every seven
 * days at an hour of its own choice; a tool that holds the old password then fails at a known time instead.
 */
export function createMasterRotation(
  name: string,
  instance: aws.rds.Instance,
  credentials: MasterCredentials,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (credentials.ownSecretArn) return credentials.ownSecretArn;
  const secretArn = instance.masterUserSecrets.apply((secrets) => secrets[0]?.secretArn ?? "");
  new aws.secretsmanager.SecretRotation(
    `${name}-master-rotation`,
    { secretId: secretArn, rotateImmediately: false, rotationRules: masterRotation },
    { parent },
  );
  return secretArn;
}
