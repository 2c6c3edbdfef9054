import type { StatementInput } from "../../base/core/index.ts";
import type { ExternalSecretsArgs } from "./args.ts";

/** Reads the named secrets, and uses their key through Secrets Manager only. */
export function externalSecretsStatements(
  args: Pick<ExternalSecretsArgs, "accountId" | "region" | "secretNames" | "key">,
): StatementInput[] {
  const place = `${args.region}:${args.accountId}`;
  const viaService = { "kms:ViaService": `secretsmanager.${args.region}.amazonaws.com` };
  return [
    {
      sid: "Read",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      // Secrets Manager appends a hyphen and six random characters to the name.
      resources: args.secretNames.map((name) => `arn:aws:secretsmanager:${place}:secret:${name}-??????`),
    },
    "arn" in args.key
      ? {
          sid: "Decrypt",
          actions: ["kms:Decrypt"],
          resources: [args.key.arn],
          conditions: { StringEquals: viaService },
        }
      : {
          sid: "Decrypt",
          actions: ["kms:Decrypt"],
          resources: [`arn:aws:kms:${place}:key/*`],
          conditions: {
            StringEquals: viaService,
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": [args.key.alias] },
          },
        },
  ];
}
