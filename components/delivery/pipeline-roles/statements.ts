import type { StatementInput } from "../../base/core/index.ts";
import { serviceStatements } from "../deploy-permissions/index.ts";
import { readStatements } from "../read-permissions/index.ts";
import type { PipelineRolesArgs } from "./args.ts";

/** A preview reads all settings, but no content except the state. */
export function previewStatements(args: PipelineRolesArgs): readonly StatementInput[] {
  return [
    ...readStatements(args),
    { sid: "ReadState", actions: ["s3:GetObject"], resources: [`${args.stateBucketArn}/*`] },
    { sid: "ListState", actions: ["s3:ListBucket"], resources: [args.stateBucketArn] },
    // Stack secrets are encrypted with this key; nothing else in the account is.
    stateKeys(args, "DecryptState", ["kms:Decrypt"]),
    {
      sid: "NoContent",
      effect: "Deny",
      actions: [
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
        "rds-db:connect",
        "kafka-cluster:ReadData",
        "elasticache:Connect",
      ],
      resources: ["*"],
    },
  ];
}

/** A deploy reads, lets services use keys and linked roles, and writes the state. Its changes are in managed policies. */
export function deployStatements(args: PipelineRolesArgs): readonly StatementInput[] {
  return [
    ...readStatements(args),
    ...serviceStatements(args),
    {
      sid: "WriteState",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${args.stateBucketArn}/*`],
    },
    { sid: "ListState", actions: ["s3:ListBucket"], resources: [args.stateBucketArn] },
    stateKeys(args, "UseStateKeys", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]),
  ];
}

/** Keys by alias: their ids differ between accounts and are unknown before the keys exist. */
function stateKeys(args: PipelineRolesArgs, sid: string, actions: readonly string[]): StatementInput {
  return {
    sid,
    actions,
    resources: [`arn:aws:kms:*:${args.accountId}:key/*`],
    conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [...args.stateKeyAliases] } },
  };
}
