import type { OutputTable } from "./table.ts";

/** What EC2 makes beside what was asked for. */
export const networkOutputs = {
  "aws:ec2/vpc:Vpc": (r) => ({
    defaultSecurityGroupId: `sg-0d${r.hash}${r.hash.slice(1)}`,
    mainRouteTableId: `rtb-0d${r.hash}${r.hash.slice(1)}`,
    defaultRouteTableId: `rtb-0d${r.hash}${r.hash.slice(1)}`,
    defaultNetworkAclId: `acl-0d${r.hash}${r.hash.slice(1)}`,
  }),
  // An address of the range that documents use, different for each resource.
  "aws:ec2/eip:Eip": (r) => ({
    publicIp: `198.51.100.${Number.parseInt(r.hash.slice(0, 2), 16)}`,
    allocationId: r.id,
  }),
} satisfies OutputTable;
