import type { DeployScope } from "../index.ts";

/** Scope of the deploy role of an environment that owns the audit of its account. */
export const scope: DeployScope = {
  accountId: "111111111111",
  regions: ["us-east-1", "eu-west-1"],
  makes: ["audit"],
  hostedZoneId: "Z0AB12CD34EF56GH",
  writtenSecrets: "task-prod-database-master-",
  rolePath: "/task-platform/prod/",
  passes: { "ec2.amazonaws.com": ["cluster-nodes"], "restore-testing.backup.amazonaws.com": ["backups"] },
  kafkaClusterName: "task-prod-events",
  permissionsBoundaryArn: "arn:aws:iam::111111111111:policy/task-boundary",
};
