import { createAlertTopic } from "../../components/base/alerts/index.ts";
import type { CopyArgs } from "../../components/base/bucket/index.ts";
import type { Environment } from "../environment/index.ts";
import { createRecoveryKey } from "../platform/index.ts";
import type { Providers } from "../providers.ts";

/**
 * What the copy of the audit trail needs in the recovery region: a key, and a topic for the alarm on its delay. S3 measures
 * the delay there, and an alarm about the loss of a region must not depend on that region.
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
