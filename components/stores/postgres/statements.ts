import * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";

/**
 * Lets a principal sign in with an IAM token as the named database roles, and as no other.
 *
 * `resourceId` is the `db-…` id of the instance, not its identifier; a read replica has its own id.
 */
export function connectStatement(
  region: string,
  accountId: string,
  resourceId: pulumi.Input<string> | readonly pulumi.Input<string>[],
  roles: readonly string[],
): StatementInput {
  const ids = Array.isArray(resourceId) ? (resourceId as readonly pulumi.Input<string>[]) : [resourceId];
  return {
    sid: "ConnectToPostgres",
    actions: ["rds-db:connect"],
    resources: ids.flatMap((id) =>
      roles.map(
        (role) =>
          pulumi.interpolate`arn:aws:rds-db:${region}:${accountId}:dbuser:${id as pulumi.Input<string>}/${role}`,
      ),
    ),
  };
}
