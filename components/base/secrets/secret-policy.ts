import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, tlsOnlyStatement } from "../core/index.ts";

/**
 * Policy of one secret. It only denies: IAM grants access, and this policy holds even if a grant in IAM is wrong. In
 * such a policy "*" as the resource means the secret itself. Calls that AWS makes for itself, such as replication, use
 * no role and are not denied.
 */
export function secretPolicy(
  accountId: string,
  readers: readonly pulumi.Input<string>[],
): pulumi.Output<string> {
  const notAws = { Bool: { "aws:PrincipalIsAWSService": "false" } };
  return policyDocument([
    tlsOnlyStatement("NothingInTheClear", ["secretsmanager:*"], ["*"]),
    {
      sid: "NoOtherAccount",
      effect: "Deny",
      principals: "*",
      actions: ["secretsmanager:*"],
      resources: ["*"],
      conditions: { StringNotEquals: { "aws:PrincipalAccount": accountId }, ...notAws },
    },
    {
      sid: "NoOtherReader",
      effect: "Deny",
      principals: "*",
      // BatchGetSecretValue needs this permission on each secret too.
      actions: ["secretsmanager:GetSecretValue"],
      resources: ["*"],
      // For a session, the key holds the ARN of its role, path included.
      conditions: { ArnNotEquals: { "aws:PrincipalArn": readers }, ...notAws },
    },
  ]);
}
