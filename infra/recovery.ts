import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../components/core/index.ts";
import { keyPolicy } from "../components/keys/index.ts";
import type { Environment } from "./environment.ts";
import { physicalNames } from "./names.ts";
import type { Providers } from "./providers.ts";

/** Copies with a key of their own: who may restore one need not read the other. */
const copies = {
  data: "copies of data",
  backups: "copies of backups",
  secrets: "copies of secrets",
} as const;

/** Alias of the key of copies that an environment makes in its recovery region. */
export function recoveryKeyAlias(prefix: string, of: keyof typeof copies): string {
  return `alias/${prefix}-recovery-${of}`;
}

/**
 * Key of copies in the recovery region. Whoever copies there encrypts with a key of that region, and RDS stops copying
 * without a word when it cannot use it.
 */
export function createRecoveryKey(
  environment: Environment,
  providers: Providers,
  of: keyof typeof copies,
): pulumi.Output<string> {
  const { page, config } = environment;
  const { prefix } = physicalNames(environment);
  const name = `recovery-${of}`;
  const key = new aws.kms.Key(
    name,
    {
      description: `${prefix}: ${copies[of]} from ${page.region}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: page.keyDeletionDays,
      policy: keyPolicy("data", config.accountId, page.recoveryRegion),
    },
    { provider: providers.recovery, ...dataOptions(page.removal) },
  );
  new aws.kms.Alias(
    name,
    { name: recoveryKeyAlias(prefix, of), targetKeyId: key.keyId },
    { provider: providers.recovery },
  );
  return key.arn;
}
