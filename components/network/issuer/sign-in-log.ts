import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import type { IssuerArgs } from "./args.ts";

/** Log of mails that could not be sent and, with threat protection, of every sign-in with its risk. */
export function createSignInLog(
  name: string,
  args: IssuerArgs,
  pool: aws.cognito.UserPool,
  parent: pulumi.Resource,
): void {
  const { settings } = args;
  const group = new aws.cloudwatch.LogGroup(
    `${name}-sign-ins`,
    {
      // With this prefix the delivery service needs no statement in the account's size-limited resource policy.
      namePrefix: `/aws/vendedlogs/cognito/${name}-`,
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: args.logKeyArn,
    },
    { parent, ...dataOptions(args.removal) },
  );
  const to = { cloudWatchLogsConfiguration: { logGroupArn: group.arn } };
  const mails = { eventSource: "userNotification", logLevel: "ERROR", ...to };
  const signIns = { eventSource: "userAuthEvents", logLevel: "INFO", ...to };
  new aws.cognito.LogDeliveryConfiguration(
    name,
    {
      userPoolId: pool.id,
      // Cognito publishes sign-in events in its Plus plan only.
      logConfigurations: settings.threatProtection === "off" ? [mails] : [mails, signIns],
    },
    { parent },
  );
}
