import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../core/index.ts";
import type { KeysArgs } from "./args.ts";
import { type KeyDomain, keyDomains, keyPolicy } from "./key-policy.ts";

/** One KMS key per kind of data, so that a grant on one key opens nothing else. Each key costs about 1 USD per month. */
export class Keys extends pulumi.ComponentResource {
  readonly arns: Readonly<Record<KeyDomain, pulumi.Output<string>>>;

  constructor(name: string, args: KeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:keys:Keys", name, {}, opts);
    const pairs = keyDomains.map((domain): [KeyDomain, pulumi.Output<string>] => [
      domain,
      createKey(name, domain, args, this),
    ]);
    this.arns = Object.fromEntries(pairs) as Record<KeyDomain, pulumi.Output<string>>;
    this.registerOutputs({ arns: this.arns });
  }
}

function createKey(name: string, domain: KeyDomain, args: KeysArgs, parent: Keys): pulumi.Output<string> {
  const key = new aws.kms.Key(
    `${name}-${domain}`,
    {
      description: `${args.prefix}: ${domain}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: args.deletionDays,
      policy: keyPolicy(domain, args.accountId, args.region),
    },
    { parent, ...dataOptions(args.removal) },
  );
  new aws.kms.Alias(
    `${name}-${domain}`,
    { name: `alias/${args.prefix}-${domain}`, targetKeyId: key.keyId },
    { parent },
  );
  return key.arn;
}
