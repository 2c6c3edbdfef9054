import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
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
 * state by the key of the stack, written once, in a secret of the same key, and never turned by itself. No application
 * uses it in either case. The provider changes the one into the other in place: none of the arguments replaces.
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
  const secret = new aws.secretsmanager.Secret(
    `${name}-master-secret`,
    {
      description: `Master password of ${args.identifier}. For operators in an emergency; applications use IAM.`,
      kmsKeyId: args.secretKeyArn,
      recoveryWindowInDays: args.removal === "remove" ? 0 : 30, // 30 is the longest; 0 frees the name at once.
    },
    { parent },
  );
  new aws.secretsmanager.SecretVersion(
    `${name}-master-secret-value`,
    {
      secretId: secret.id,
      secretString: pulumi.jsonStringify({ username: args.masterUsername, password: password.result }),
    },
    { parent },
  );
  return { inputs: { passwordWo: password.result, passwordWoVersion: 1 }, ownSecretArn: secret.arn };
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
