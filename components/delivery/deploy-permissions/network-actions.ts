import { ec2Tags, logDelivery, type TypeActions } from "./shared-actions.ts";

/**
 * Network: all resources of EC2.
 *
 * Sources, for this and the other *-actions.ts: the permissions for create, update and delete in CloudFormation's resource
 * schemas, and the names of actions in the service authorization reference, both as of 2026-08. From memory, because they
 * have no schema: subnet CIDR reservations, and the entries of an ACL.
 */
export const networkActions: TypeActions = {
  // The default group of the VPC is adopted, not made: its rules are removed.
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
    ...ec2Tags,
  ],
  "aws:ec2/eip:Eip": [
    "ec2:AllocateAddress",
    "ec2:AssociateAddress",
    "ec2:DisassociateAddress",
    "ec2:ReleaseAddress",
    ...ec2Tags,
  ],
  "aws:ec2/flowLog:FlowLog": [
    "ec2:CreateFlowLogs",
    "ec2:DeleteFlowLogs",
    "s3:PutBucketPolicy", // EC2 adds a statement to a bucket policy that does not allow it yet.
    ...logDelivery,
    ...ec2Tags,
  ],
  "aws:ec2/internetGateway:InternetGateway": [
    "ec2:AttachInternetGateway",
    "ec2:CreateInternetGateway",
    "ec2:DeleteInternetGateway",
    "ec2:DetachInternetGateway",
    ...ec2Tags,
  ],
  // The last four change addresses of an existing gateway; a regional gateway needs them to add zones.
  "aws:ec2/natGateway:NatGateway": [
    "ec2:CreateNatGateway",
    "ec2:DeleteNatGateway",
    "ec2:AssignPrivateNatGatewayAddress",
    "ec2:AssociateNatGatewayAddress",
    "ec2:DisassociateNatGatewayAddress",
    "ec2:UnassignPrivateNatGatewayAddress",
    ...ec2Tags,
  ],
  // Entries and subnets are arguments of the ACL.
  "aws:ec2/networkAcl:NetworkAcl": [
    "ec2:CreateNetworkAcl",
    "ec2:CreateNetworkAclEntry",
    "ec2:DeleteNetworkAcl",
    "ec2:DeleteNetworkAclEntry",
    "ec2:ReplaceNetworkAclAssociation",
    "ec2:ReplaceNetworkAclEntry",
    ...ec2Tags,
  ],
  "aws:ec2/route:Route": ["ec2:CreateRoute", "ec2:DeleteRoute", "ec2:ReplaceRoute"],
  "aws:ec2/routeTable:RouteTable": [
    "ec2:CreateRoute",
    "ec2:CreateRouteTable",
    "ec2:DeleteRoute",
    "ec2:DeleteRouteTable",
    "ec2:ReplaceRoute",
    ...ec2Tags,
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    "ec2:AssociateRouteTable",
    "ec2:DisassociateRouteTable",
    "ec2:ReplaceRouteTableAssociation",
  ],
  // A new group has a rule that allows all egress; the provider removes it.
  "aws:ec2/securityGroup:SecurityGroup": [
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateSecurityGroup",
    "ec2:DeleteSecurityGroup",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
    ...ec2Tags,
  ],
  "aws:ec2/subnet:Subnet": [
    "ec2:AssociateSubnetCidrBlock",
    "ec2:CreateSubnet",
    "ec2:DeleteSubnet",
    "ec2:DisassociateSubnetCidrBlock",
    "ec2:ModifySubnetAttribute",
    ...ec2Tags,
  ],
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation": [
    "ec2:CreateSubnetCidrReservation",
    "ec2:DeleteSubnetCidrReservation",
  ],
  "aws:ec2/vpc:Vpc": ["ec2:CreateVpc", "ec2:DeleteVpc", "ec2:ModifyVpcAttribute", ...ec2Tags],
  "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": [
    "ec2:CreateVpcBlockPublicAccessExclusion",
    "ec2:DeleteVpcBlockPublicAccessExclusion",
    "ec2:ModifyVpcBlockPublicAccessExclusion",
    ...ec2Tags,
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    "ec2:CreateVpcEndpoint",
    "ec2:DeleteVpcEndpoints",
    "ec2:ModifyVpcEndpoint",
    ...ec2Tags,
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:ModifySecurityGroupRules",
    "ec2:RevokeSecurityGroupEgress",
    ...ec2Tags,
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:ModifySecurityGroupRules",
    "ec2:RevokeSecurityGroupIngress",
    ...ec2Tags,
  ],
};
