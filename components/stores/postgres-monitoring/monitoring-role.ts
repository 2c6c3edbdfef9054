import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions, toPolicyJson } from "../../base/core/index.ts";
import type { PostgresMonitoringArgs } from "./args.ts";

/** Role of enhanced monitoring, or undefined if it is off. An instance must wait for `ready`. */
export function createMonitoringRole(name: string, args: PostgresMonitoringArgs, parent: pulumi.Resource) {
  if (args.settings.monitoringSeconds === 0) return undefined;
  const role = new aws.iam.Role(
    `${name}-monitoring`,
    {
      description: `Lets RDS write operating system metrics of ${args.identifier}.`,
      assumeRolePolicy: monitoringTrust(args),
    },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  const ready = new aws.iam.RolePolicyAttachment(
    `${name}-monitoring-policy`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
  return { arn: role.arn, ready };
}

/** Only RDS, and only for this database, its replicas and the copy of a blue/green update. */
function monitoringTrust(args: PostgresMonitoringArgs): string {
  const arn = `arn:aws:rds:${args.region}:${args.accountId}:db:${args.identifier}`;
  return toPolicyJson([
    {
      sid: "Assume",
      actions: ["sts:AssumeRole"],
      principals: { Service: ["monitoring.rds.amazonaws.com"] },
      conditions: {
        StringEquals: { "aws:SourceAccount": args.accountId },
        ArnLike: {
          "aws:SourceArn": [
            arn,
            `${arn}-replica-*`,
            // RDS gives the copy this name until the switch.
            ...(args.settings.updates === "blue-green" ? [`${arn}-green-*`] : []),
          ],
        },
      },
    },
  ]);
}
