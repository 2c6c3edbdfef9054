import {
  custom,
  type Environment,
  hardened,
  isForEverybody,
  isTrue,
  mismatch,
  namesCaller,
  overStack,
  type Plain,
  production,
  property,
  type Rule,
  statementsOf,
  subnetsIn,
  text,
  unless,
  zonesOf,
} from "../../kit/index.ts";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const nodeGroup = "aws:eks/nodeGroup:NodeGroup";

function isInterface(inputs: Plain): boolean {
  return inputs.vpcEndpointType === "Interface";
}

/** The policy attachment of a node role that lets Systems Manager open sessions on nodes. */
const sessions = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: { policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
};

/** Interface endpoints that a stack with nodes must have. The standby gets them when it is activated. */
function servicesNear(rule: {
  readonly id: string;
  readonly control: string;
  readonly environments: readonly Environment[];
  readonly services: readonly [string, ...string[]];
  readonly whatToDo: string;
  /** Required only where a resource with these inputs exists. @default wherever there are nodes */
  readonly where?: typeof sessions;
}): Rule {
  const nodes = rule.where ?? { type: nodeGroup, inputs: {} };
  const endpoints = (services: readonly string[]) =>
    services.map((service) => ({
      type: endpoint,
      inputs: { serviceName: `com.amazonaws.us-east-1.${service}` },
    }));
  return overStack({
    id: rule.id,
    controls: [rule.control],
    severity: "medium",
    environments: rule.environments,
    whatToDo: rule.whatToDo,
    check: (stack) => {
      const { policyArn } = rule.where?.inputs ?? {};
      if (!stack.of(nodes.type).some(({ inputs }) => inputs.policyArn === policyArn)) return [];
      const names = stack.of(endpoint).map(({ inputs }) => text(inputs.serviceName));
      return rule.services
        .filter((service) => !names.some((name) => name.endsWith(`.${service}`)))
        .map((service) => ({ message: `endpoint ${service}: got none; allowed: one` }));
    },
    pass: [nodes, ...endpoints(rule.services)],
    fail: [nodes, ...endpoints(rule.services.slice(1))],
    missing: [nodes],
  });
}

export const endpointRules: readonly Rule[] = [
  servicesNear({
    id: "endpoint-for-instances",
    control: "NET-26",
    environments: ["staging", "prod"],
    services: ["ec2"],
    whatToDo: "add the interface endpoint: nodes attach their own network interfaces through it",
  }),
  servicesNear({
    id: "endpoint-for-images",
    control: "NET-27",
    environments: ["staging", "prod"],
    services: ["ecr.api", "ecr.dkr"],
    whatToDo: "add both interface endpoints: images are pulled through them when a zone has no NAT gateway",
  }),
  servicesNear({
    id: "endpoint-for-operators",
    control: "NET-29",
    environments: ["staging", "prod"],
    services: ["ssm", "ssmmessages", "ec2messages"],
    where: sessions,
    whatToDo: "add the three interface endpoints, or remove the session policy from the role of the nodes",
  }),
  servicesNear({
    id: "endpoint-for-platform",
    control: "NET-30",
    environments: ["prod"],
    services: [
      "sts",
      "logs",
      "kms",
      "secretsmanager",
      "eks",
      "eks-auth",
      "elasticloadbalancing",
      "autoscaling",
    ],
    whatToDo: "add the interface endpoints: what pods need to start must not depend on NAT",
  }),
  property({
    id: "endpoint-answers-by-name",
    controls: ["NET-31"],
    severity: "medium",
    environments: hardened,
    types: [endpoint],
    path: "privateDnsEnabled",
    when: isInterface,
    rest: { vpcEndpointType: "Interface" },
    is: isTrue,
    whatToDo: "turn it on: otherwise clients keep using the public address",
  }),
  overStack({
    id: "endpoint-spans-zones",
    controls: ["NET-31"],
    severity: "medium",
    environments: hardened,
    whatToDo: "give it one subnet in each zone",
    check: (stack, { environment }) => {
      const least = environment === "prod" ? 3 : 2;
      return stack
        .of(endpoint)
        .filter(({ inputs }) => isInterface(inputs))
        .flatMap((resource) => {
          const zones = zonesOf(stack, resource, "subnetIds").length;
          const message = `subnetIds: got ${zones} zones; allowed: ${least} or more`;
          return unless(zones >= least, { resource, message });
        });
    },
    pass: [
      ...subnetsIn("a", "b", "c"),
      { type: endpoint, inputs: { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] } },
    ],
    fail: [
      ...subnetsIn("a", "b", "c"),
      { type: endpoint, inputs: { vpcEndpointType: "Interface", subnetIds: ["a"] } },
    ],
    missing: [{ type: endpoint, inputs: { vpcEndpointType: "Interface" } }],
  }),
  custom({
    id: "endpoint-policy-own-account",
    controls: ["NET-32"],
    severity: "medium",
    environments: production,
    types: [endpoint],
    whatToDo:
      "limit callers to this account or organisation in a condition: credentials of another account could carry data out",
    check: ({ policy }) => {
      const statements = statementsOf(policy);
      if (!statements) return [mismatch("policy", policy, "a policy document")];
      // A statement on named resources of other accounts, such as the buckets with ECR layers, lets no data out.
      const open = statements.filter(
        (statement) =>
          isForEverybody(statement) && !namesCaller(statement) && statement.resources.includes("*"),
      );
      return open.map(
        ({ sid }) => `policy: statement "${sid}" got everybody; allowed: callers of this account`,
      );
    },
    pass: {
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
          },
        ],
      }),
    },
    fail: {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      }),
    },
  }),
  overStack({
    id: "endpoint-group-narrow",
    controls: ["NET-33"],
    severity: "medium",
    environments: hardened,
    whatToDo: "give it a security group that admits only port 443 from the network",
    check: (stack) =>
      stack
        .of(endpoint)
        .filter(({ inputs }) => isInterface(inputs))
        .flatMap((resource) => {
          const groups = stack
            .of("aws:ec2/securityGroup:SecurityGroup")
            .filter((group) => stack.linked(resource, "securityGroupIds", group));
          const entries = stack
            .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .filter((rule) => groups.some((group) => stack.linked(rule, "securityGroupId", group)));
          const narrow = entries.every(
            ({ inputs }) =>
              Number(inputs.fromPort) === 443 &&
              Number(inputs.toPort) === 443 &&
              inputs.cidrIpv4 !== "0.0.0.0/0",
          );
          const message = `securityGroupIds: got ${entries.length} ingress rules; allowed: 443 from the network only`;
          return unless(groups.length > 0 && narrow, { resource, message });
        }),
    pass: [...guarded({ fromPort: 443, toPort: 443, cidrIpv4: "10.30.0.0/16" })],
    fail: [...guarded({ fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" })],
    missing: [{ type: endpoint, inputs: { vpcEndpointType: "Interface" } }],
  }),
];

function guarded(entry: Plain) {
  return [
    { type: endpoint, inputs: { vpcEndpointType: "Interface", securityGroupIds: ["sg"] } },
    { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg" },
    {
      type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      inputs: { ...entry, securityGroupId: "sg" },
    },
  ];
}
