import { custom, hardened, property } from "../rule.ts";
import type { Rule } from "../types.ts";
import { list, read, record, show, texts } from "../values.ts";
import { anywhere } from "./network.ts";

/** Access lists: nothing of the internet, and each one attached. */
export const accessListRules: readonly Rule[] = [
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
