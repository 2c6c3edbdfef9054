import type { OutputContext, OutputTable } from "./table.ts";

/** Cognito: the id of a user pool is its region and nine characters. Tokens name the endpoint as their issuer. */
export const issuerOutputs = {
  "aws:cognito/userPool:UserPool": (r) => ({
    id: poolId(r),
    name: r.inputs.name,
    arn: r.arn("cognito-idp", `userpool/${poolId(r)}`),
    endpoint: `cognito-idp.${r.region}.amazonaws.com/${poolId(r)}`,
  }),
  "aws:cognito/userPoolClient:UserPoolClient": (r) => ({
    id: `${r.hash}${r.hash}${r.hash}`.slice(0, 26),
    name: r.inputs.name,
    // Empty for a public client.
    clientSecret: "",
  }),
  "aws:cognito/resourceServer:ResourceServer": (r) => ({
    id: `${String(r.inputs.userPoolId)}|${String(r.inputs.identifier)}`,
    scopeIdentifiers: ((r.inputs.scopes ?? []) as { scopeName: string }[]).map(
      ({ scopeName }) => `${String(r.inputs.identifier)}/${scopeName}`,
    ),
  }),
  "aws:cognito/userPoolDomain:UserPoolDomain": (r) => ({
    id: String(r.inputs.domain),
    domain: r.inputs.domain,
  }),
} satisfies OutputTable;

function poolId(r: OutputContext): string {
  return `${r.region}_${r.hash}0`;
}
