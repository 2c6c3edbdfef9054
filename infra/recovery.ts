import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlertTopic } from "../components/base/alerts/index.ts";
import type { CopyArgs } from "../components/base/bucket/index.ts";
import { dataOptions } from "../components/base/core/index.ts";
import { type KeyDomain, keyPolicy } from "../components/base/keys/index.ts";
import type { EnvironmentSpec } from "../stacks/index.ts";
import type { Environment } from "./environment.ts";
import { physicalNames } from "./names.ts";
import type { Providers } from "./providers.ts";

/** Copies with a key of their own: who may restore one need not read the other. */
const copies = {
  data: { holds: "copies of data", domain: "data" },
  backups: { holds: "copies of backups", domain: "data" },
  trail: { holds: "copies of the trail", domain: "data" },
  secrets: { holds: "copies of secrets", domain: "data" },
  alerts: { holds: "alerts about copies", domain: "messages" },
} as const satisfies Readonly<Record<string, { holds: string; domain: KeyDomain }>>;

/** Alias of the key of copies that an environment makes in its recovery region. */
export function recoveryKeyAlias(prefix: string, of: keyof typeof copies): string {
  return `alias/${prefix}-recovery-${of}`;
}

/** Where the program of a page makes anything. The recovery region is one of them only where the page copies there. */
export function regionsOf({
  postgres,
  operations,
  secrets,
  region,
  recoveryRegion,
}: EnvironmentSpec): readonly string[] {
  const { audit, backups } = operations;
  const copies =
    postgres.recoveryRetentionDays > 0 ||
    backups !== "none" ||
    (audit !== "elsewhere" && audit.trailCopied) ||
    (secrets !== "none" && secrets.readBy.length > 0);
  return copies ? [region, recoveryRegion] : [region];
}

/**
 * Key of copies in the recovery region. Whoever copies there encrypts with a key of that region, and RDS stops copying
 * without a word when it cannot use it. A database that is restored from such a copy keeps the key: who deploys there
 * grants it to RDS by IAM, which the statement of the account admits.
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

/**
 * What the copy of the trail needs of the recovery region: a key, and a topic for the alarm on its delay. S3 measures the
 * delay there, and what tells of a lost region must not be in it.
 */
export function createTrailCopy(
  environment: Environment,
  providers: Providers,
): Pick<CopyArgs, "region" | "provider" | "keyArn" | "delayTopicArn"> {
  const { spec, config } = environment;
  const provider = providers.recovery;
  const delayTopicArn = createAlertTopic(
    "recovery-ticket",
    {
      keyArn: createRecoveryKey(environment, providers, "alerts"),
      accountId: config.accountId,
      emails: config.alertEmails,
    },
    { provider },
  );
  return {
    region: spec.recoveryRegion,
    provider,
    keyArn: createRecoveryKey(environment, providers, "trail"),
    delayTopicArn,
  };
}
