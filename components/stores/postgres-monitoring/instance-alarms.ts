import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { instanceClasses } from "../postgres-engine/index.ts";
import { instanceAlarms } from "./alarms.ts";
import type { PostgresMonitoringArgs } from "./args.ts";

/** The alarms of the primary and of every replica. */
export function createInstanceAlarms(
  name: string,
  instances: {
    readonly primary: aws.rds.Instance;
    readonly replicas: Readonly<Record<string, aws.rds.Instance>>;
  },
  args: Pick<PostgresMonitoringArgs, "alarmTopicArn" | "settings">,
  parent: pulumi.Resource,
): void {
  const { storageGiB } = args.settings;
  const instanceClass = instanceClasses[args.settings.instanceClass];
  if (!instanceClass) return; // The checks of the block refuse it before anything is created.
  const { primary, replicas } = instances;
  const monitored = [
    { key: "primary", role: "primary" as const, identifier: primary.identifier },
    ...Object.entries(replicas).map(([key, { identifier }]) => ({
      key,
      role: "replica" as const,
      identifier,
    })),
  ];
  const specs = monitored.flatMap((instance) => instanceAlarms({ ...instance, instanceClass, storageGiB }));
  createAlarms(name, specs, { topicArn: args.alarmTopicArn }, parent);
}
