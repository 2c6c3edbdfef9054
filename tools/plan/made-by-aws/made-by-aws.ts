import { makeUrn, type PlannedResource } from "../model/index.ts";
import { noOptions } from "../protocol/index.ts";

type Inputs = Readonly<Record<string, unknown>>;

const anywhere = "0.0.0.0/0";

/** The number by which AWS lists its rules in a default access list. */
const defaultRuleNumber = 100;

/**
 * What AWS makes beside the resources of a plan and that decides who reaches whom: the security group of a cluster with its
 * rules, and the access list and the route table of a network for subnets that have no other. No program registers them, so
 * the plan itself has none of them. Only a resolved plan has the ids.
 *
 * Security groups of a program get no default egress: the provider removes the rule that AWS makes (documentation of
 * aws_security_group).
 */
export function madeByAws(
  resources: readonly PlannedResource[],
  names: { readonly stack: string; readonly project: string },
): readonly PlannedResource[] {
  const make: Make = (owner, type, suffix, id, inputs) => {
    const name = `${owner.name}-${suffix}`;
    return {
      urn: makeUrn(names.stack, names.project, owner.urn, type, name),
      type,
      name,
      custom: true,
      remote: false,
      parent: owner.urn,
      inputs,
      secretInputs: [],
      unknownInputs: [],
      id,
      outputs: { id },
      options: { ...noOptions, provider: owner.options.provider, protect: false, retainOnDelete: false },
    };
  };
  return resources.flatMap((resource) => {
    if (resource.type === "aws:eks/cluster:Cluster") return clusterGroup(resource, make);
    if (resource.type === "aws:ec2/vpc:Vpc") return networkDefaults(resource, resources, make);
    return [];
  });
}

type Make = (
  owner: PlannedResource,
  type: string,
  suffix: string,
  id: string,
  inputs: Inputs,
) => PlannedResource;

/**
 * On the network interfaces of the control plane, and on nodes whose launch template names it (EKS guide, "View Amazon EKS
 * security group requirements for clusters").
 */
function clusterGroup(cluster: PlannedResource, make: Make): PlannedResource[] {
  const { clusterSecurityGroupId: id } = (cluster.outputs.vpcConfig ?? {}) as Inputs;
  if (typeof id !== "string") return [];
  const all = { securityGroupId: id, ipProtocol: "-1" };
  return [
    make(cluster, "aws:ec2/securityGroup:SecurityGroup", "group-of-eks", id, {
      description: "Made by EKS for the control plane and the nodes of the cluster.",
    }),
    make(
      cluster,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "group-of-eks-in",
      `${id}-in`,
      {
        ...all,
        referencedSecurityGroupId: id,
        description: "Made by EKS: every port, from members of the group.",
      },
    ),
    make(
      cluster,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "group-of-eks-out",
      `${id}-out`,
      {
        ...all,
        cidrIpv4: anywhere,
        description: "Made by EKS: every port, to every address.",
      },
    ),
  ];
}

/** The list of a new network allows everything, and its main route table has the local route only (VPC guide). */
function networkDefaults(vpc: PlannedResource, resources: readonly PlannedResource[], make: Make) {
  const { defaultNetworkAclId, mainRouteTableId } = vpc.outputs;
  if (typeof defaultNetworkAclId !== "string" || typeof mainRouteTableId !== "string") return [];
  const isOf = ({ inputs }: PlannedResource): boolean => inputs.vpcId === vpc.id;
  const of = (type: string): PlannedResource[] => resources.filter((one) => one.type === type && isOf(one));
  const listed = new Set(
    of("aws:ec2/networkAcl:NetworkAcl").flatMap(({ inputs }) => inputs.subnetIds as string[]),
  );
  const rule = {
    ruleNo: defaultRuleNumber,
    action: "allow",
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlock: anywhere,
  };
  return [
    make(vpc, "aws:ec2/networkAcl:NetworkAcl", "default-access-list", defaultNetworkAclId, {
      vpcId: vpc.id,
      subnetIds: of("aws:ec2/subnet:Subnet")
        .map(({ id }) => id)
        .filter((id) => !listed.has(id)),
      ingress: [rule],
      egress: [rule],
    }),
    make(vpc, "aws:ec2/routeTable:RouteTable", "main-route-table", mainRouteTableId, { vpcId: vpc.id }),
  ];
}
