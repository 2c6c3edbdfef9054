import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BackupsArgs } from "./backups.ts";

/** UTC, in working hours: somebody is there when a restore fails. */
const schedules = {
  weekly: "cron(0 9 ? * TUE *)",
  monthly: "cron(0 9 ? * TUE#1 *)",
} as const;

/** Hours the restored copy stays for a look before AWS Backup removes it. */
const validationHours = 4;

/** Restores the newest database backup into a throw-away copy, because a backup that was never restored is a hope. */
export function createRestoreTest(
  name: string,
  args: BackupsArgs,
  vault: aws.backup.Vault,
  role: aws.iam.Role,
  parent: pulumi.Resource,
): void {
  const { restoreTest } = args.settings;
  if (restoreTest === "none") return;
  // The service takes letters, digits and underscores only.
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
    { parent },
  );
}
