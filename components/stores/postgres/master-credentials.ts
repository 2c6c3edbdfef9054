import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { secretPolicy } from "../../base/secrets/index.ts";
import type { PostgresArgs } from "./args.ts";
import { keepsMasterPassword } from "./settings.ts";
import { masterRotation } from "./windows.ts";

/** The inputs of the instance for its master password, and our secret if RDS does not manage the password. */
export interface MasterCredentials {
  readonly inputs: Partial<aws.rds.InstanceArgs>;
  readonly ownSecretArn?: pulumi.Output<string>;
}

/**
 * Normally RDS creates the password, keeps it in Secrets Manager and rotates it, so it is never in our state.
 *
 * RDS refuses replicas and blue/green deployments of a PostgreSQL instance whose password it manages (RDS User Guide,
 * "Limitations for Secrets Manager integration"). With either of them the password is ours: random, encrypted in the
 * state with the key of the stack, in a secret that only the named roles read, copied to the recovery region like the
 * backups. No application uses it in either case. The provider changes one kind into the other in place: none of the
 * arguments replaces the instance.
 *
 * Our password is not rotated automatically. People rotate it if somebody has seen it, and only while `updates` is
 * "in-place", because the copy of a blue/green update must have the password of its source.
 *
 *     pulumi up --stack <env> --replace <urn of the RandomPassword>
 */
export function createMasterCredentials(
  name: string,
  args: PostgresArgs,
  parent: pulumi.Resource,
): MasterCredentials {
  if (!keepsMasterPassword(args.settings)) {
    return { inputs: { manageMasterUserPassword: true, masterUserSecretKmsKeyId: args.secretKeyArn } };
  }
  // Letters and digits only, because RDS refuses some special characters. 40 of 62 characters are 238 bits.
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

/** Changes with the password, because the provider writes a new password only if the version changes. 31 bits of a hash reveal nothing. */
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
      // The deploy role may read secrets with this prefix, because the provider reads a value back.
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
    { parent, dependsOn: [policy] }, // The policy protects the value from the start.
  );
  return secret;
}

/** Prefix of the name of our secret; the service adds the rest. */
export function masterSecretPrefix(identifier: string): string {
  return `${identifier}-master-`;
}

/**
 * The ARN of the secret, with the rotation of a managed secret moved to the maintenance window. By default RDS rotates it
 * every seven days at an hour that it chooses. With a fixed time, a tool with the old password fails at a known time.
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
