import {
  custom,
  isAnywhere,
  list,
  overStack,
  type Plain,
  type Resource,
  type Rule,
  type RuleHead,
  record,
  show,
  text,
  texts,
  textsInside,
  unless,
} from "../../kit/index.ts";

const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const group = "aws:ec2/securityGroup:SecurityGroup";

/** Ports of consoles, stores and telemetry; never for the internet. */
const internalPorts = [
  2181, 2379, 3000, 3100, 3200, 4317, 4318, 5432, 6379, 9090, 9092, 9093, 9094, 9096, 9098, 10250,
];

/** One ingress rule, written inline or as a resource of its own. */
interface Opening {
  readonly at: string;
  readonly ranges: readonly string[];
  /** Whether other groups, or the group itself, are named instead of ranges. */
  readonly byGroup: boolean;
  readonly from: number;
  readonly to: number;
  readonly description: string;
}

const allPorts = { from: 0, to: 65_535 };

function openingsOf(inputs: Plain): readonly Opening[] {
  if (inputs.ipProtocol !== undefined || inputs.cidrIpv4 !== undefined) return [toOpening("rule", inputs)];
  return list(inputs.ingress).map((rule, index) => toOpening(`ingress[${index}]`, record(rule)));
}

function toOpening(at: string, rule: Plain): Opening {
  const protocol = text(rule.ipProtocol ?? rule.protocol);
  const everything = protocol === "-1" || protocol === "all" || rule.fromPort === undefined;
  return {
    at,
    ranges: texts([rule.cidrIpv4, rule.cidrIpv6, ...list(rule.cidrBlocks), ...list(rule.ipv6CidrBlocks)]),
    byGroup:
      rule.referencedSecurityGroupId !== undefined ||
      rule.self === true ||
      list(rule.securityGroups).length > 0,
    ...(everything ? allPorts : { from: Number(rule.fromPort), to: Number(rule.toPort ?? rule.fromPort) }),
    description: text(rule.description),
  };
}

function isOpen(opening: Opening): boolean {
  return opening.ranges.some(isAnywhere);
}

function covers(opening: Opening, port: number): boolean {
  return opening.from <= port && port <= opening.to;
}

/** A rule about each ingress rule. */
function openingRule(
  rule: RuleHead & {
    readonly wrong: (opening: Opening) => string | undefined;
    readonly pass: Plain;
    readonly fail: Plain;
  },
): Rule {
  return custom({
    ...rule,
    types: [ingressRule, group],
    missingIs: "right",
    check: (inputs) =>
      openingsOf(inputs).flatMap((opening) => {
        const wrong = rule.wrong(opening);
        return unless(wrong === undefined, `${opening.at}: ${wrong}`);
      }),
  });
}

/** An ingress rule for examples. */
function tcp(port: number, source: Plain): Plain {
  return {
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    securityGroupId: "sg-1",
    description: "Example.",
    ...source,
  };
}

const internet = { cidrIpv4: "0.0.0.0/0" };
const inside = { cidrIpv4: "10.30.0.0/16" };
const clients = { referencedSecurityGroupId: "sg-2" };

/** The security group of a store admits only other security groups, and only on the ports of the store. */
function storeGroup(rule: {
  readonly id: string;
  readonly control: string;
  readonly store: string;
  readonly property: string;
  readonly where: Plain;
  readonly ports: readonly number[];
}): Rule {
  const store = { type: rule.store, inputs: rule.where };
  const entry = (inputs: Plain) => ({
    type: ingressRule,
    name: "entry",
    inputs: { ...inputs, securityGroupId: "sg" },
  });
  return overStack({
    id: rule.id,
    controls: [rule.control],
    severity: "high",
    missingIs: "right",
    whatToDo: "reference the security group of each client, with one rule per client",
    check: (stack) => {
      const guards = stack
        .of(group)
        .filter((one) => stack.of(rule.store).some((resource) => stack.linked(resource, rule.property, one)));
      const entries: readonly Resource[] = guards.flatMap((guard) => [
        guard,
        ...stack.of(ingressRule).filter((one) => stack.linked(one, "securityGroupId", guard)),
      ]);
      return entries.flatMap((resource) =>
        openingsOf(resource.inputs)
          .filter(
            ({ byGroup, ranges, from, to }) =>
              !byGroup || ranges.length > 0 || from < 0 || !isAmong(from, to, rule.ports),
          )
          .map(({ at, ranges, from, to }) => ({
            resource,
            message: `${at}: got ports ${from} to ${to} from ${show(ranges)}; allowed: ${rule.ports.join(", ")} from groups`,
          })),
      );
    },
    pass: [store, { type: group, name: "sg" }, entry(tcp(rule.ports[0] ?? 0, clients))],
    fail: [store, { type: group, name: "sg" }, entry(tcp(rule.ports[0] ?? 0, inside))],
    missing: [store, { type: group, name: "sg" }],
  });
}

function isAmong(from: number, to: number, ports: readonly number[]): boolean {
  if (to - from >= ports.length) return false;
  return Array.from({ length: to - from + 1 }, (_, step) => from + step).every((port) =>
    ports.includes(port),
  );
}

export const securityGroupRules: readonly Rule[] = [
  openingRule({
    id: "group-no-remote-shell",
    controls: ["NET-13"],
    severity: "critical",
    whatToDo: "remove the rule: operators use Session Manager",
    wrong: (opening) =>
      isOpen(opening) && (covers(opening, 22) || covers(opening, 3389))
        ? "got port 22 or 3389 from everywhere; allowed: nobody"
        : undefined,
    pass: tcp(443, internet),
    fail: tcp(22, internet),
  }),
  openingRule({
    id: "group-internal-ports-closed",
    controls: ["NET-14"],
    severity: "critical",
    whatToDo: "reference the security groups of the clients",
    wrong: (opening) => {
      const ports = internalPorts.filter((port) => covers(opening, port));
      return isOpen(opening) && ports.length > 0
        ? `got ${ports.join(", ")} from everywhere; allowed: groups or ranges of the network`
        : undefined;
    },
    pass: tcp(5432, clients),
    fail: tcp(5432, internet),
  }),
  openingRule({
    id: "group-not-open-on-all-ports",
    controls: ["NET-16"],
    severity: "critical",
    whatToDo: "name the protocol and the ports",
    wrong: (opening) =>
      opening.ranges.length > 0 && opening.from === allPorts.from && opening.to === allPorts.to
        ? `got every port from ${show(opening.ranges)}; allowed: named ports`
        : undefined,
    pass: tcp(443, inside),
    fail: { ipProtocol: "-1", securityGroupId: "sg-1", description: "Example.", ...inside },
  }),
  overStack({
    id: "group-plain-http-redirected",
    controls: ["NET-15"],
    severity: "medium",
    missingIs: "right",
    whatToDo: "close port 80, or open it only to a load balancer whose listener redirects",
    check: (stack) => {
      const redirects = stack
        .of("aws:lb/listener:Listener")
        .some(
          ({ inputs }) =>
            Number(inputs.port) === 80 && textsInside(inputs.defaultActions).includes("redirect"),
        );
      return stack.of(ingressRule, group).flatMap((resource) =>
        openingsOf(resource.inputs)
          .filter((opening) => isOpen(opening) && covers(opening, 80) && !redirects)
          .map(({ at }) => ({
            resource,
            message: `${at}: got port 80 from everywhere; allowed: only with a redirect`,
          })),
      );
    },
    pass: [
      { type: ingressRule, inputs: tcp(80, internet) },
      { type: "aws:lb/listener:Listener", inputs: { port: 80, defaultActions: [{ type: "redirect" }] } },
    ],
    fail: [{ type: ingressRule, inputs: tcp(80, internet) }],
    missing: [{ type: ingressRule, inputs: tcp(443, internet) }],
  }),
  storeGroup({
    id: "cache-group-narrow",
    control: "NET-21",
    store: "aws:elasticache/replicationGroup:ReplicationGroup",
    property: "securityGroupIds",
    where: { securityGroupIds: ["sg"] },
    ports: [6379],
  }),
  storeGroup({
    id: "broker-group-narrow",
    control: "NET-22",
    store: "aws:msk/cluster:Cluster",
    property: "brokerNodeGroupInfo",
    where: { brokerNodeGroupInfo: { securityGroups: ["sg"] } },
    // IAM, SCRAM, TLS, and the two exporters.
    ports: [9098, 9096, 9094, 11_001, 11_002],
  }),
  storeGroup({
    id: "database-group-narrow",
    control: "RDS-23",
    store: "aws:rds/instance:Instance",
    property: "vpcSecurityGroupIds",
    where: { vpcSecurityGroupIds: ["sg"] },
    ports: [5432],
  }),
];
