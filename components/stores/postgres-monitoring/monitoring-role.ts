import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { dataOptions, toPolicyJson } from "../../base/core/index.ts";
import { instanceAlarms } from "./alarm-specs.ts";
import type { PostgresArgs } from "./args.ts";
import { instanceClasses } from "./instance-classes.ts";

/** Logs that RDS hands over; "iam-db-auth-error" would tell more, and is left until the provider documents it. */
export const exportedLogs = ["postgresql", "upgrade"] as const;

/** Groups under the names RDS writes to, made first: a group that RDS makes has no key and keeps lines for ever. */
export function createLogGroups(
  name: string,
  instance: { readonly key: string; readonly identifier: string },
  args: PostgresArgs,
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

/** Role of enhanced monitoring, or undefined where it is off; `ready` is what an instance must wait for. */
export function createMonitoringRole(name: string, args: PostgresArgs, parent: pulumi.Resource) {
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

/**
 * Only RDS, and only for this database, its replicas and, while there is one, the copy of an update: another account's
 * RDS must not write with this role.
 */
export function monitoringTrust(
  args: Pick<PostgresArgs, "accountId" | "identifier" | "region"> & {
    readonly settings: Pick<PostgresArgs["settings"], "updates">;
  },
): string {
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
            // RDS names the copy so until it takes over.
            ...(args.settings.updates === "blue-green" ? [`${arn}-green-*`] : []),
          ],
        },
      },
    },
  ]);
}

/** What RDS itself tells: the instance, its parameters, and (for the auditors' rule) security groups of the old kind. */
export function createEventSubscriptions(
  name: string,
  sources: {
    readonly instances: readonly pulumi.Input<string>[];
    readonly parameterGroup: pulumi.Input<string>;
  },
  args: PostgresArgs,
  parent: pulumi.Resource,
): void {
  const subscriptions = {
    instance: {
      sourceType: "db-instance",
      sourceIds: [...sources.instances],
      eventCategories: [
        "availability",
        "configuration change",
        "failover",
        "failure",
        "low storage",
        "maintenance",
        "notification",
        "read replica",
        "recovery",
      ],
    },
    parameters: {
      sourceType: "db-parameter-group",
      sourceIds: [sources.parameterGroup],
      eventCategories: ["configuration change"],
    },
    // Takes no ids: there are no groups of this kind in a VPC, and one that appears is worth a message.
    "security-groups": {
      sourceType: "db-security-group",
      eventCategories: ["configuration change", "failure"],
    },
  };
  for (const [key, subscription] of Object.entries(subscriptions)) {
    new aws.rds.EventSubscription(
      `${name}-events-${key}`,
      { snsTopic: args.alarmTopicArn, ...subscription },
      { parent },
    );
  }
}

/** The alarm set of the primary and of every replica. */
export function createInstanceAlarms(
  name: string,
  instances: {
    readonly primary: aws.rds.Instance;
    readonly replicas: Readonly<Record<string, aws.rds.Instance>>;
  },
  args: PostgresArgs,
  parent: pulumi.Resource,
): void {
  const { settings } = args;
  const instanceClass = instanceClasses[settings.instanceClass];
  if (!instanceClass) return; // Refused before anything was made.
  const common = { instanceClass, storageGiB: settings.storageGiB };
  const specs = [
    ...instanceAlarms({
      ...common,
      key: "primary",
      role: "primary",
      identifier: instances.primary.identifier,
    }),
    ...Object.entries(instances.replicas).flatMap(([key, replica]) =>
      instanceAlarms({ ...common, key, role: "replica", identifier: replica.identifier }),
    ),
  ];
  createAlarms(name, specs, { topicArn: args.alarmTopicArn }, parent);
}
