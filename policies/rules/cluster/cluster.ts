import {
  custom,
  customKey,
  hardened,
  including,
  isAnywhere,
  isFalse,
  isTrue,
  list,
  mismatch,
  oneOf,
  overStack,
  type Plain,
  property,
  publicSubnetExample,
  publicSubnets,
  type Rule,
  read,
  subnetsIn,
  text,
  texts,
  unless,
  zonesOf,
} from "../../kit/index.ts";

const cluster = "aws:eks/cluster:Cluster";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

function isPublic(inputs: Plain): boolean {
  return read(inputs, "vpcConfig.endpointPublicAccess") !== false;
}

export const clusterRules: readonly Rule[] = [
  property({
    id: "cluster-endpoint-not-public",
    controls: ["EKS-01", "EKS-21"],
    severity: "critical",
    environments: hardened,
    types: [cluster],
    path: "vpcConfig.endpointPublicAccess",
    is: isFalse,
    whatToDo: "turn it off and reach the API from inside the network",
  }),
  custom({
    id: "cluster-endpoint-narrow",
    controls: ["EKS-01", "EKS-21"],
    severity: "critical",
    environments: "all",
    types: [cluster],
    whatToDo: "list the ranges of the operators",
    check: (inputs) => {
      if (!isPublic(inputs)) return [];
      const ranges = texts(read(inputs, "vpcConfig.publicAccessCidrs"));
      return unless(
        ranges.length > 0 && !ranges.includes("0.0.0.0/0"),
        mismatch("vpcConfig.publicAccessCidrs", ranges, "named ranges"),
      );
    },
    pass: { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] } },
    fail: { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] } },
  }),
  property({
    id: "cluster-endpoint-private",
    controls: ["EKS-02"],
    severity: "high",
    types: [cluster],
    path: "vpcConfig.endpointPrivateAccess",
    is: isTrue,
    whatToDo: "turn it on: nodes must not reach the API through the internet",
  }),
  property({
    id: "cluster-logs-everything",
    controls: ["EKS-04"],
    severity: "medium",
    types: [cluster],
    path: "enabledClusterLogTypes",
    is: including("api", "audit", "authenticator", "controllerManager", "scheduler"),
    whatToDo: "turn all five on: each of them is needed in some incident",
  }),
  property({
    id: "cluster-secrets-encrypted",
    controls: ["EKS-05"],
    severity: "high",
    types: [cluster],
    path: "encryptionConfig.provider.keyArn",
    is: customKey,
    whatToDo: "give it a key of the cluster domain",
  }),
  property({
    id: "cluster-encrypts-secrets-kind",
    controls: ["EKS-05"],
    severity: "high",
    types: [cluster],
    path: "encryptionConfig.resources",
    is: including("secrets"),
    whatToDo: 'set resources: ["secrets"]',
  }),
  property({
    id: "cluster-access-by-entries",
    controls: ["EKS-08"],
    severity: "high",
    types: [cluster],
    path: "accessConfig.authenticationMode",
    is: oneOf("API"),
    whatToDo: "set API: a mistake in a config map can lock everybody out",
  }),
  property({
    id: "cluster-creator-not-admin",
    controls: ["EKS-18"],
    severity: "high",
    types: [cluster],
    path: "accessConfig.bootstrapClusterCreatorAdminPermissions",
    is: isFalse,
    whatToDo:
      "turn it off: otherwise the creator of the cluster is its administrator without a visible access entry",
  }),
  property({
    id: "cluster-deletion-protected",
    controls: ["EKS-10"],
    severity: "high",
    environments: ["prod"],
    types: [cluster],
    path: "deletionProtection",
    is: isTrue,
    whatToDo: "turn it on",
  }),
  overStack({
    id: "cluster-in-private-subnets",
    controls: ["EKS-11"],
    severity: "high",
    whatToDo: "name private subnets of two zones or more",
    check: (stack) =>
      stack.of(cluster).flatMap((resource) => {
        const exposed = publicSubnets(stack).filter((subnet) => stack.linked(resource, "vpcConfig", subnet));
        const zones = zonesOf(stack, resource, "vpcConfig").length;
        return [
          ...exposed.map(({ name }) => ({
            resource,
            message: `vpcConfig.subnetIds: got public subnet ${name}; allowed: private`,
          })),
          ...unless(zones >= 2, {
            resource,
            message: `vpcConfig.subnetIds: got ${zones} zones; allowed: 2 or more`,
          }),
        ];
      }),
    pass: [...subnetsIn("a", "b"), { type: cluster, inputs: { vpcConfig: { subnetIds: ["a", "b"] } } }],
    fail: [...publicSubnetExample("a"), { type: cluster, inputs: { vpcConfig: { subnetIds: ["a"] } } }],
    missing: [{ type: cluster }],
  }),
  overStack({
    id: "cluster-role-own",
    controls: ["EKS-13"],
    severity: "medium",
    missingIs: "right",
    whatToDo: "give the control plane a role of its own with AmazonEKSClusterPolicy only",
    check: (stack) =>
      stack.of(cluster).flatMap((resource) =>
        stack
          .of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
          .filter((attachment) =>
            stack
              .of("aws:iam/role:Role")
              .some(
                (role) => stack.linked(resource, "roleArn", role) && stack.linked(attachment, "role", role),
              ),
          )
          .filter(
            ({ inputs }) =>
              !/\/(AmazonEKSClusterPolicy|AmazonEKSVPCResourceController)$/.test(text(inputs.policyArn)),
          )
          .map(({ inputs }) => ({
            resource,
            message: mismatch("roleArn", inputs.policyArn, "AmazonEKSClusterPolicy"),
          })),
      ),
    pass: roleExample("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"),
    fail: roleExample("arn:aws:iam::aws:policy/AmazonEC2FullAccess"),
    missing: [{ type: cluster }],
  }),
  property({
    id: "cluster-group-explicit",
    controls: ["EKS-24"],
    severity: "medium",
    types: [cluster],
    path: "vpcConfig.securityGroupIds",
    is: {
      allowed: "a group of this stack",
      holds: (value) => list(value).length > 0,
      right: ["sg-1"],
      wrong: [],
    },
    whatToDo: "attach a security group of this program",
  }),
  overStack({
    id: "cluster-group-closed",
    controls: ["EKS-24"],
    severity: "high",
    missingIs: "right",
    whatToDo: "name the ranges or security groups that reach the API",
    check: (stack) =>
      stack
        .of(ingressRule)
        .filter(
          (rule) =>
            texts([rule.inputs.cidrIpv4, rule.inputs.cidrIpv6]).some(isAnywhere) &&
            stack
              .of("aws:ec2/securityGroup:SecurityGroup")
              .some(
                (group) =>
                  stack.linked(rule, "securityGroupId", group) &&
                  stack.of(cluster).some((one) => stack.linked(one, "vpcConfig", group)),
              ),
        )
        .map((resource) => ({ resource, message: "got everybody; allowed: named ranges or groups" })),
    pass: guardedCluster("10.30.0.0/16"),
    fail: guardedCluster("0.0.0.0/0"),
    missing: [{ type: cluster }],
  }),
];

function roleExample(policyArn: string) {
  return [
    { type: "aws:iam/role:Role", id: "role" },
    { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", inputs: { role: "role", policyArn } },
    { type: cluster, inputs: { roleArn: "role" } },
  ];
}

function guardedCluster(cidrIpv4: string) {
  return [
    { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg" },
    { type: ingressRule, inputs: { securityGroupId: "sg", cidrIpv4, fromPort: 443, toPort: 443 } },
    { type: cluster, inputs: { vpcConfig: { securityGroupIds: ["sg"] } } },
  ];
}
