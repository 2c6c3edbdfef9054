import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, type Removal, refuse } from "../core/index.ts";
import { secretsProblems } from "./check-args.ts";
import { secretPolicy } from "./secret-policy.ts";

/** One secret, without its value. */
export interface SecretSpec {
  /** What it opens, for whoever has to turn it. */
  readonly description: string;
  /**
   * ARNs of the roles that may read the value, and nobody else in the account, administrators included. One of another
   * program is `…:role/<path>/<name>-*`.
   */
  readonly readers: readonly pulumi.Input<string>[];
  /** @default turned by hand, with the command of the block */
  readonly rotation?: SecretRotationSpec;
}

/** How a secret is turned without anybody. */
export interface SecretRotationSpec {
  /** Function that turns it; it must admit the service to call it. */
  readonly functionArn: pulumi.Input<string>;
  /** Role the function runs with; it reads the value as well. */
  readonly functionRoleArn: pulumi.Input<string>;
  readonly days: number;
}

export interface SecretsArgs {
  /** Start of the names, such as "task-prod": a secret is `<prefix>/<key>`. */
  readonly prefix: string;
  readonly accountId: string;
  readonly removal: Removal;
  readonly keyArn: pulumi.Input<string>;
  readonly region: string;
  /** Where a copy is kept, under a key of that region. @default none */
  readonly replica?: { readonly region: string; readonly keyArn: pulumi.Input<string> };
  /** By key; the key is the end of the name and never changes, because workloads name it. */
  readonly secrets: Readonly<Record<string, SecretSpec>>;
}

/** The longest that Secrets Manager keeps a deleted secret. */
const recoveryDays = 30;

/**
 * Places for secrets that people bring: keys of other services, signing keys.
 *
 * Guarantees: encrypted with the given key; never sent in the clear; read by the named roles only, which a policy of
 * each secret says on top of IAM; copied to the recovery region where one is given, with policy and later values; for
 * thirty days a deletion can be undone, where the page keeps data.
 *
 * No value is in the program, in a plan or in the state. An operator puts each, typed or pasted and ended with Ctrl-D,
 * so that it is in no history and in no file (the copy in the recovery region follows by itself):
 *
 *     aws secretsmanager put-secret-value --secret-id <prefix>/<key> --secret-string file:///dev/stdin
 *
 * A secret without a value cannot be turned: put the first one before a rotation is declared. A workload of the recovery
 * region reads the copy with a role of its own, which therefore must be among the readers.
 */
export class Secrets extends pulumi.ComponentResource {
  /** ARN of each secret by key, with the six signs the service adds. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Name of each secret by key: the same in the recovery region. */
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
      // 0 frees the name at once, so that dev can be made again on the same day.
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
    { parent },
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
      // A deploy turns nothing by surprise; the function is only tried.
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: rotation.days },
    },
    // The function is tried when the rotation is made, and must be able to read by then.
    { parent, dependsOn: [policy] },
  );
}
