import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ReadyRole } from "../../base/roles/index.ts";
import type { BackupsArgs } from "./args.ts";

/** UTC, in working hours, so that somebody can look at a failed restore. */
const schedules = {
  weekly: "cron(0 9 ? * TUE *)",
  monthly: "cron(0 9 ? * TUE#1 *)",
} as const;

/** Hours for which AWS Backup keeps the restored copy. */
const validationHours = 4;

/** Restores the newest database backup to a temporary copy: only a restore proves that a backup works. */
export function createRestoreTest(
  name: string,
  args: BackupsArgs,
  vault: aws.backup.Vault,
  { role, policies }: ReadyRole,
  parent: pulumi.Resource,
): void {
  const { restoreTest } = args.settings;
  if (restoreTest === "none") return;
  // The service accepts only letters, digits and underscores.
  const planName = `${args.prefix}_restore_test`.replaceAll("-", "_");
  const plan = new aws.backup.RestoreTestingPlan(
    name,
    {
      name: planName,
      scheduleExpression: schedules[restoreTest],
      startWindowHours: 1,
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [vault.arn],
        recoveryPointTypes: ["SNAPSHOT", "CONTINUOUS"],
        selectionWindowDays: 7,
      },
    },
    { parent },
  );
  new aws.backup.RestoreTestingSelection(
    name,
    {
      name: `${planName}_database`,
      restoreTestingPlanName: plan.name,
      protectedResourceType: "RDS",
      iamRoleArn: role.arn,
      protectedResourceArns: ["*"],
      validationWindowHours: validationHours,
    },
    { parent, dependsOn: [...policies] }, // A test that starts before them fails.
  );
}
