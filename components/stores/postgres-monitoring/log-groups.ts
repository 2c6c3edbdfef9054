import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import type { PostgresMonitoringArgs } from "./args.ts";

/** Logs that RDS exports. "iam-db-auth-error" would help too, and waits until the provider documents it. */
export const exportedLogs = ["postgresql", "upgrade"] as const;

/** Groups with the names that RDS writes to, created first: a group that RDS creates has no key and no retention. */
export function createLogGroups(
  name: string,
  instance: { readonly key: string; readonly identifier: string },
  args: Pick<PostgresMonitoringArgs, "logKeyArn" | "removal" | "settings">,
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup[] {
  return exportedLogs.map(
    (log) =>
      new aws.cloudwatch.LogGroup(
        `${name}-logs-${instance.key}-${log}`,
        {
          name: `/aws/rds/instance/${instance.identifier}/${log}`,
          retentionInDays: args.settings.logRetentionDays,
          kmsKeyId: args.logKeyArn,
        },
        { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
      ),
  );
}
