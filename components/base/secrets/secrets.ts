import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, refuse } from "../core/index.ts";
import type { SecretRotationSpec, SecretSpec, SecretsArgs } from "./args.ts";
import { secretsProblems } from "./check.ts";
import { secretPolicy } from "./secret-policy.ts";

/** The longest time that Secrets Manager keeps a deleted secret. */
const recoveryDays = 30;

/**
 * Secrets that people put in by hand: keys of other services, signing keys.
 *
 * Guarantees: encrypted with the given key; no request without TLS; read only by the named roles, because each secret
 * has a policy in addition to IAM; copied to the recovery region if one is given, with policy and later values; a
 * deletion can be undone for thirty days, unless `removal` says "remove".
 *
 * The program, the plan and the state hold no value. An operator puts each value, typed or pasted and ended with
 * Ctrl-D, so that no shell history and no file holds it (Secrets Manager updates the copy in the recovery region):
 *
 *     aws secretsmanager put-secret-value --secret-id <prefix>/<key> --secret-string file:///dev/stdin
 *
 * A secret without a value cannot be rotated, so put the first value before you declare a rotation. A workload in the
 * recovery region reads the copy with its own role, which therefore must be among the readers.
 */
export class Secrets extends pulumi.ComponentResource {
  /** ARN of each secret by key, with the six random characters that the service adds. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Name of each secret by key, the same in the recovery region. */
  readonly names: Readonly<Record<string, string>>;

  constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:secrets:Secrets", name, {}, opts);
    refuse(`secrets "${name}"`, secretsProblems(args), this);

    const secrets = Object.entries(args.secrets).map(([key, spec]): [string, aws.secretsmanager.Secret] => [
      key,
      createSecret(`${name}-${key}`, key, spec, args, this),
    ]);
    this.arns = Object.fromEntries(secrets.map(([key, { arn }]) => [key, arn]));
    this.names = Object.fromEntries(secrets.map(([key]) => [key, nameOf(key, args)]));
    this.registerOutputs({ arns: this.arns, names: this.names });
  }
}

function createSecret(
  name: string,
  key: string,
  spec: SecretSpec,
  args: SecretsArgs,
  parent: Secrets,
): aws.secretsmanager.Secret {
  const { replica } = args;
  const secret = new aws.secretsmanager.Secret(
    name,
    {
      name: nameOf(key, args),
      description: spec.description,
      kmsKeyId: args.keyArn,
      // 0 frees the name at once, so that dev can be created again on the same day.
      recoveryWindowInDays: args.removal === "remove" ? 0 : recoveryDays,
      ...(replica ? { replicas: [{ region: replica.region, kmsKeyId: replica.keyArn }] } : {}),
    },
    { parent, ...dataOptions(args.removal) },
  );
  const policy = new aws.secretsmanager.SecretPolicy(
    name,
    {
      secretArn: secret.arn,
      policy: secretPolicy(args.accountId, [
        ...spec.readers,
        ...(spec.rotation ? [spec.rotation.functionRoleArn] : []),
      ]),
      blockPublicPolicy: true,
    },
    // Stays in AWS with its secret. Not protected: it names roles, and what is protected keeps all that it was made from.
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  if (spec.rotation) createRotation(name, spec.rotation, secret, policy, parent);
  return secret;
}

function nameOf(key: string, { prefix }: SecretsArgs): string {
  return `${prefix}/${key}`;
}

function createRotation(
  name: string,
  rotation: SecretRotationSpec,
  secret: aws.secretsmanager.Secret,
  policy: aws.secretsmanager.SecretPolicy,
  parent: Secrets,
): void {
  new aws.secretsmanager.SecretRotation(
    name,
    {
      secretId: secret.id,
      rotationLambdaArn: rotation.functionArn,
      // A deploy must not rotate a secret; the service only tests the function.
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: rotation.days },
    },
    // The service tests the function when it creates the rotation, so the function must be able to read by then.
    { parent, dependsOn: [policy] },
  );
}
