import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../core/index.ts";

/**
 * Policy of one secret. It only denies: who may do what is said by IAM, and this says what no mistake there can open.
 * In such a policy "*" as the resource is the secret itself. Calls of AWS for itself, such as the copying to another
 * region, are of no role and are left alone.
 */
export function secretPolicy(
  accountId: string,
  readers: readonly pulumi.Input<string>[],
): pulumi.Output<string> {
  const byPeople = { Bool: { "aws:PrincipalIsAWSService": "false" } };
  return policyDocument([
    {
      sid: "NothingInTheClear",
      effect: "Deny",
      principals: "*",
      actions: ["secretsmanager:*"],
      resources: ["*"],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      sid: "NoOtherAccount",
      effect: "Deny",
      principals: "*",
      actions: ["secretsmanager:*"],
      resources: ["*"],
      conditions: { StringNotEquals: { "aws:PrincipalAccount": accountId }, ...byPeople },
    },
    {
      sid: "NoOtherReader",
      effect: "Deny",
      principals: "*",
      // Reading many at once asks for this right on each of them.
      actions: ["secretsmanager:GetSecretValue"],
      resources: ["*"],
      // Of a session it is the ARN of its role, path included.
      conditions: { ArnNotEquals: { "aws:PrincipalArn": readers }, ...byPeople },
    },
  ]);
}
