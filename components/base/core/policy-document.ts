import * as pulumi from "@pulumi/pulumi";

/** A statement of an IAM policy, with plain strings. */
export interface Statement {
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** Left out in trust policies only. */
  readonly resources?: readonly string[];
  /** By kind: `Service`, `AWS`, `Federated`. `"*"` only in a Deny. */
  readonly principals?: Readonly<Record<string, readonly string[]>> | "*";
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policy document as JSON. Keys come in a fixed order, so equal policies are equal text. */
export function toPolicyJson(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(toIamStatement) });
}

/** The same from values that are known only after creation. */
export function policyDocument(
  statements: pulumi.Input<readonly pulumi.Input<StatementInput>[]>,
): pulumi.Output<string> {
  return pulumi.output(statements).apply((all) => toPolicyJson(all as unknown as Statement[]));
}

/** A statement whose resources, principals and conditions may be outputs. */
export interface StatementInput {
  readonly sid: string;
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources?: readonly pulumi.Input<string>[];
  readonly principals?: Readonly<Record<string, readonly pulumi.Input<string>[]>> | "*";
  readonly conditions?: Readonly<
    Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>
  >;
}

/** Denies every request without TLS. */
export function tlsOnlyStatement(
  sid: string,
  actions: readonly string[],
  resources: readonly pulumi.Input<string>[],
): StatementInput {
  return {
    sid,
    effect: "Deny",
    principals: "*",
    actions,
    resources,
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Trust of an AWS service. Pass the account only if the document of the role shows `aws:SourceAccount`: a service that
 * does not send it can never assume the role.
 */
export function serviceTrust(service: string, sourceAccount?: string): string {
  return toPolicyJson([
    {
      sid: "Assume",
      actions: ["sts:AssumeRole"],
      principals: { Service: [service] },
      ...(sourceAccount ? { conditions: { StringEquals: { "aws:SourceAccount": sourceAccount } } } : {}),
    },
  ]);
}

/** Trust of EKS Pod Identity: only pods of one cluster, one namespace and one service account. */
export function podIdentityTrust(bound: {
  readonly clusterArn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly accountId: string;
}): string {
  return toPolicyJson([
    {
      sid: "PodIdentity",
      actions: ["sts:AssumeRole", "sts:TagSession"],
      principals: { Service: ["pods.eks.amazonaws.com"] },
      conditions: {
        StringEquals: {
          "aws:SourceAccount": bound.accountId,
          "aws:SourceArn": bound.clusterArn,
          "aws:RequestTag/kubernetes-namespace": bound.namespace,
          "aws:RequestTag/kubernetes-service-account": bound.serviceAccount,
        },
      },
    },
  ]);
}

function toIamStatement(statement: Statement): Record<string, unknown> {
  return {
    Sid: statement.sid,
    Effect: statement.effect ?? "Allow",
    ...(statement.principals ? { Principal: statement.principals } : {}),
    Action: one(statement.actions),
    ...(statement.resources ? { Resource: one(statement.resources) } : {}),
    ...(statement.conditions ? { Condition: statement.conditions } : {}),
  };
}

/** IAM stores a list of one as a plain value. The same form here avoids a diff on every refresh. */
function one(values: readonly string[]): string | readonly string[] {
  const first = values[0];
  return values.length === 1 && first !== undefined ? first : values;
}
