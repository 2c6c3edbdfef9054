import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../components/base/core/index.ts";
import { type KeyDomain, keyPolicy } from "../../components/base/keys/index.ts";
import type { Environment } from "../environment/index.ts";
import { physicalNames } from "../names.ts";
import type { Providers } from "../providers.ts";

/** Each kind of copy has its own key, so that a role that restores one kind cannot read another. */
const copies = {
  data: { holds: "copies of data", domain: "data" },
  backups: { holds: "copies of backups", domain: "data" },
  trail: { holds: "copies of the trail", domain: "data" },
  secrets: { holds: "copies of secrets", domain: "data" },
  alerts: { holds: "alerts about copies", domain: "messages" },
} as const satisfies Readonly<Record<string, { holds: string; domain: KeyDomain }>>;

/** Alias of the key for one kind of copy in the recovery region of an environment. */
export function recoveryKeyAlias(prefix: string, of: keyof typeof copies): string {
  return `alias/${prefix}-recovery-${of}`;
}

/**
 * Key for copies in the recovery region. A copy must be encrypted with a key of its region. RDS stops copying without an
 * error when it cannot use the key. A database that is restored from a copy keeps the key. The role that deploys there
 * grants it to RDS through IAM, which the account statement of the key policy allows.
 */
export function createRecoveryKey(
  environment: Environment,
  providers: Providers,
  of: keyof typeof copies,
): pulumi.Output<string> {
  const { spec, config } = environment;
  const { prefix } = physicalNames(environment);
  const name = `recovery-${of}`;
  const key = new aws.kms.Key(
    name,
    {
      description: `${prefix}: ${copies[of].holds} from ${spec.region}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: spec.keyDeletionDays,
      policy: keyPolicy(copies[of].domain, config.accountId, spec.recoveryRegion),
    },
    { provider: providers.recovery, ...dataOptions(spec.removal) },
  );
  new aws.kms.Alias(
    name,
    { name: recoveryKeyAlias(prefix, of), targetKeyId: key.keyId },
    { provider: providers.recovery },
  );
  return key.arn;
}
