import type { DeployScope } from "../index.ts";

/** Scope of the deploy role of an environment that owns the audit of its account. */
export const scope: DeployScope = {
  accountId: "111111111111",
  regions: ["us-east-1", "eu-west-1"],
  makes: ["audit"],
  hostedZoneId: "Z0AB12CD34EF56GH",
  writtenSecrets: "task-prod-database-master-",
  rolePath: "/task-platform/prod/",
  permissionsBoundaryArn: "arn:aws:iam::111111111111:policy/task-boundary",
};
