import {
  anywhere,
  custom,
  hardened,
  list,
  mismatch,
  overStack,
  property,
  publicSubnetExample,
  publicSubnets,
  type Rule,
  read,
  record,
  show,
  text,
  texts,
  unless,
} from "../../kit/index.ts";

const subnet = "aws:ec2/subnet:Subnet";

export const subnetRules: readonly Rule[] = [
  overStack({
    id: "subnet-private-unreachable",
    controls: ["NET-12"],
    severity: "critical",
    missingIs: "right",
    whatToDo: "associate the subnet with a table without a route to an internet gateway",
    check: (stack) =>
      publicSubnets(stack)
        // Public on purpose: load balancers look for this tag.
        .filter((one) => text(record(one.inputs.tags)["kubernetes.io/role/elb"]) !== "1")
        .map((resource) => ({
          resource,
          message:
            "got a default route to an internet gateway; allowed: only in subnets tagged for public load balancers",
        })),
    pass: publicSubnetExample("subnet").map((entry) =>
      entry.id === "subnet" ? { ...entry, inputs: { tags: { "kubernetes.io/role/elb": "1" } } } : entry,
    ),
    fail: publicSubnetExample("subnet"),
    missing: [{ type: subnet }],
  }),
  custom({
    id: "subnet-public-address-withheld",
    controls: ["NET-12", "NG-07"],
    severity: "high",
    types: [subnet],
    missingIs: "right",
    whatToDo: "set mapPublicIpOnLaunch: false",
    check: ({ mapPublicIpOnLaunch }) =>
      mapPublicIpOnLaunch === true ? ["mapPublicIpOnLaunch: got true; allowed: false"] : [],
    pass: { mapPublicIpOnLaunch: false },
    fail: { mapPublicIpOnLaunch: true },
  }),
  overStack({
    id: "subnets-found-by-load-balancers",
    controls: ["NET-37"],
    severity: "medium",
    whatToDo:
      'tag public subnets kubernetes.io/role/elb and node subnets kubernetes.io/role/internal-elb, both "1"',
    check: (stack) => {
      const open = new Set(publicSubnets(stack));
      const nodes = stack
        .of(subnet)
        .filter((one) =>
          stack.of("aws:eks/nodeGroup:NodeGroup").some((group) => stack.linked(group, "subnetIds", one)),
        );
      const wanted = [
        ...[...open].map((one) => ({ one, tag: "kubernetes.io/role/elb" })),
        ...nodes
          .filter((one) => !open.has(one))
          .map((one) => ({ one, tag: "kubernetes.io/role/internal-elb" })),
      ];
      return wanted.flatMap(({ one, tag }) => {
        const got = record(one.inputs.tags)[tag];
        return unless(text(got) === "1", {
          resource: one,
          message: mismatch(`tags["${tag}"]`, got, '"1"'),
        });
      });
    },
    pass: [
      { type: subnet, id: "nodes", inputs: { tags: { "kubernetes.io/role/internal-elb": "1" } } },
      { type: "aws:eks/nodeGroup:NodeGroup", inputs: { subnetIds: ["nodes"] } },
    ],
    fail: [
      { type: subnet, id: "nodes", inputs: { tags: { "kubernetes.io/role/internal-elb": "0" } } },
      { type: "aws:eks/nodeGroup:NodeGroup", inputs: { subnetIds: ["nodes"] } },
    ],
    missing: publicSubnetExample("subnet"),
  }),
  custom({
    id: "access-list-closed-to-internet",
    controls: ["NET-24"],
    severity: "medium",
    types: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/networkAclRule:NetworkAclRule"],
    missingIs: "right",
    whatToDo: "name the ranges that need the port",
    check: (inputs) => {
      const rules =
        inputs.ingress === undefined
          ? [{ ...inputs, action: inputs.ruleAction }]
          : list(inputs.ingress).map(record);
      return rules.flatMap((rule, index) => {
        const open = texts([rule.cidrBlock, rule.ipv6CidrBlock]).some((range) => anywhere.includes(range));
        if (rule.action !== "allow" || read(rule, "egress") === true || !open) return [];
        const all = texts(rule.protocol).some((protocol) => protocol === "-1" || protocol === "all");
        const covers = (port: number) => Number(rule.fromPort) <= port && port <= Number(rule.toPort);
        return all || [20, 21, 22, 3389].some(covers)
          ? [
              `ingress[${index}]: got everybody on ${all ? "all ports" : show(rule.fromPort)}; allowed: named ranges`,
            ]
          : [];
      });
    },
    pass: {
      ingress: [
        { action: "allow", protocol: "-1", cidrBlock: "10.30.0.0/16", fromPort: 0, toPort: 0, ruleNo: 1 },
      ],
    },
    fail: {
      ingress: [
        { action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0, ruleNo: 1 },
      ],
    },
  }),
  property({
    id: "access-list-attached",
    controls: ["NET-25"],
    severity: "low",
    environments: hardened,
    types: ["aws:ec2/networkAcl:NetworkAcl"],
    path: "subnetIds",
    is: {
      allowed: "the subnets it guards",
      holds: (value) => list(value).length > 0,
      right: ["subnet-1"],
      wrong: [],
    },
    whatToDo: "attach it to subnets or remove it",
  }),
];
