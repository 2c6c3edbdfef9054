import type { OutputTable } from "./table.ts";

/** EC2: the resources that come with a VPC, and addresses. */
export const networkOutputs = {
  "aws:ec2/vpc:Vpc": (r) => ({
    defaultSecurityGroupId: `sg-0d${r.hash}${r.hash.slice(1)}`,
    mainRouteTableId: `rtb-0d${r.hash}${r.hash.slice(1)}`,
    defaultRouteTableId: `rtb-0d${r.hash}${r.hash.slice(1)}`,
    defaultNetworkAclId: `acl-0d${r.hash}${r.hash.slice(1)}`,
  }),
  // An address from the range for documentation, different for most resources.
  "aws:ec2/eip:Eip": (r) => ({
    publicIp: `198.51.100.${Number.parseInt(r.hash.slice(0, 2), 16)}`,
    allocationId: r.id,
  }),
} satisfies OutputTable;
