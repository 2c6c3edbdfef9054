import { ec2Tags, logDelivery, type TypeActions } from "./deploy-calls.ts";

/**
 * Network: everything that EC2 keeps of it.
 *
 * Sources, for this and the other deploy-*.ts: the permissions that CloudFormation's resource schemas name for create,
 * update and delete, and names of actions from the service authorization reference, both as of 2026-08. From memory is
 * what has no schema: subnet CIDR reservations, the entries of an ACL.
 */
export const networkActions: TypeActions = {
  // The one of the VPC is taken over, not made: its rules are taken away.
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
    "s3:PutBucketPolicy", // EC2 adds its line to a bucket whose policy does not admit it yet.
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
  // The last four change the addresses of one that is there; a regional one spreads over zones by them.
  "aws:ec2/natGateway:NatGateway": [
    "ec2:CreateNatGateway",
    "ec2:DeleteNatGateway",
    "ec2:AssignPrivateNatGatewayAddress",
    "ec2:AssociateNatGatewayAddress",
    "ec2:DisassociateNatGatewayAddress",
    "ec2:UnassignPrivateNatGatewayAddress",
    ...ec2Tags,
  ],
  // Entries and subnets of an ACL are arguments of it.
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
  // A new group has a rule that lets everything out; the provider takes it away.
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
