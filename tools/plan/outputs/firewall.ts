import type { OutputContext, OutputTable } from "./types.ts";

/** What WAFv2 and Shield make: ids, and ARNs with the scope in them. */
export const firewallOutputs = {
  "aws:wafv2/webAcl:WebAcl": (r) => ({ id: wafId(r), arn: wafArn(r, "webacl"), name: wafName(r) }),
  "aws:wafv2/ipSet:IpSet": (r) => ({ id: wafId(r), arn: wafArn(r, "ipset"), name: wafName(r) }),
  "aws:shield/protection:Protection": (r) => ({
    id: wafId(r),
    // Shield is global; its ARNs carry no region.
    arn: `arn:aws:shield::${r.accountId}:protection/${wafId(r)}`,
  }),
} satisfies OutputTable;

function wafId(r: OutputContext): string {
  return `${r.hash}-0000-4000-8000-${r.hash}0000`;
}

function wafName(r: OutputContext): string {
  return `${r.name}-${r.hash.slice(0, 7)}`;
}

function wafArn(r: OutputContext, kind: string): string {
  const scope = r.inputs.scope === "CLOUDFRONT" ? "global" : "regional";
  return r.arn("wafv2", `${scope}/${kind}/${wafName(r)}/${wafId(r)}`);
}
