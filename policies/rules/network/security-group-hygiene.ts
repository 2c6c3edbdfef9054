import {
  custom,
  isAnywhere,
  list,
  mismatch,
  overStack,
  type Plain,
  type Rule,
  record,
  text,
  texts,
} from "../../kit/index.ts";

const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const group = "aws:ec2/securityGroup:SecurityGroup";

/** Rules for outgoing connections, written inline or as a resource of its own, that name neither a port nor a peer. */
function openEgress(inputs: Plain): readonly string[] {
  const own = inputs.securityGroupId === undefined ? list(inputs.egress).map(record) : [inputs];
  return own.flatMap((rule, index) => {
    const ranges = texts([
      rule.cidrIpv4,
      rule.cidrIpv6,
      ...list(rule.cidrBlocks),
      ...list(rule.ipv6CidrBlocks),
    ]);
    const all = ["-1", "all"].includes(text(rule.ipProtocol ?? rule.protocol));
    return all && ranges.some(isAnywhere)
      ? [`egress[${index}]: got every port to everywhere; allowed: named ports or peers`]
      : [];
  });
}

export const securityGroupHygieneRules: readonly Rule[] = [
  custom({
    id: "group-egress-named",
    controls: ["NET-16"],
    severity: "medium",
    types: [egressRule, group],
    missingIs: "right",
    whatToDo:
      "name the ports and the peers, or leave the rule out: a group of the program has no egress by default",
    check: openEgress,
    pass: { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
    fail: { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
  }),
  custom({
    id: "group-described",
    controls: ["NET-18"],
    severity: "low",
    types: [group, ingressRule, egressRule],
    whatToDo: "state what it is for: operators read it during an incident",
    check: (inputs) => {
      const wrong = (value: unknown) => text(value) === "" || text(value) === "Managed by Pulumi";
      const inline = list(inputs.ingress).map(record);
      return [
        ...(wrong(inputs.description) ? [mismatch("description", inputs.description, "a sentence")] : []),
        ...inline.flatMap((rule, index) =>
          wrong(rule.description) ? [`ingress[${index}].description: got nothing; allowed: a sentence`] : [],
        ),
      ];
    },
    pass: { description: "Brokers." },
    fail: { description: "Managed by Pulumi" },
  }),
  overStack({
    id: "group-used",
    controls: ["NET-19"],
    severity: "low",
    whatToDo: "attach the security group or remove it",
    check: (stack) =>
      stack
        .of(group)
        .filter(
          (one) =>
            !stack.resources.some(
              (user) =>
                user !== one &&
                // A rule of the group itself is no use of it. Being the source in a rule of another group is one.
                Object.keys(user.inputs).some(
                  (key) =>
                    !(key === "securityGroupId" && (user.type === ingressRule || user.type === egressRule)) &&
                    stack.linked(user, key, one),
                ),
            ),
        )
        .map((resource) => ({ resource, message: "got no user; allowed: one or more" })),
    pass: [
      { type: group, id: "sg" },
      { type: "aws:rds/instance:Instance", inputs: { vpcSecurityGroupIds: ["sg"] } },
    ],
    fail: [
      { type: group, id: "sg" },
      { type: ingressRule, inputs: { securityGroupId: "sg" } },
    ],
    missing: [{ type: group, id: "sg" }],
  }),
  overStack({
    id: "group-rules-in-one-place",
    controls: ["NET-23"],
    severity: "medium",
    missingIs: "right",
    whatToDo: "write every rule as a resource of its own: inline rules delete the others at each deploy",
    check: (stack) =>
      stack
        .of(group)
        .filter(
          (one) =>
            list(one.inputs.ingress).length + list(one.inputs.egress).length > 0 &&
            stack.of(ingressRule, egressRule).some((rule) => stack.linked(rule, "securityGroupId", one)),
        )
        .map((resource) => ({ resource, message: "got inline rules and rule resources; allowed: one kind" })),
    pass: [
      { type: group, id: "sg" },
      { type: ingressRule, inputs: { securityGroupId: "sg" } },
    ],
    fail: [
      { type: group, id: "sg", inputs: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443 }] } },
      { type: ingressRule, inputs: { securityGroupId: "sg" } },
    ],
    missing: [{ type: group, id: "sg" }],
  }),
];
