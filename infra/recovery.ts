import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../components/core/index.ts";
import { keyPolicy } from "../components/keys/index.ts";
import type { Environment } from "./environment.ts";
import { physicalNames } from "./names.ts";
import type { Providers } from "./providers.ts";

/**
 * Key of the copies in the recovery region, where there are any: RDS encrypts them with a key of that region, and stops
 * copying without a word when it cannot use it.
 */
export function createRecoveryKey(
  environment: Environment,
  providers: Providers,
): pulumi.Output<string> | undefined {
  const { page, config } = environment;
  if (page.postgres.recoveryRetentionDays === 0) return undefined;
  const { prefix } = physicalNames(environment);
  const key = new aws.kms.Key(
    "recovery-data",
    {
      description: `${prefix}: copies of data from ${page.region}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: page.keyDeletionDays,
      policy: keyPolicy("data", config.accountId, page.recoveryRegion),
    },
    { provider: providers.recovery, ...dataOptions(page.removal) },
  );
  new aws.kms.Alias(
    "recovery-data",
    { name: `alias/${prefix}-recovery-data`, targetKeyId: key.keyId },
    { provider: providers.recovery },
  );
  return key.arn;
}
