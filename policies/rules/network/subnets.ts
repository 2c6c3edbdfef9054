import {
  anywhere,
  custom,
  hardened,
  isAnywhere,
  list,
  mismatch,
  overStack,
  type Plain,
  placements,
  property,
  publicSubnetExample,
  publicSubnets,
  type Resource,
  type Rule,
  read,
  record,
  type Stack,
  show,
  type Tier,
  text,
  texts,
  tierOf,
  tiers,
  tierTag,
  unless,
} from "../../kit/index.ts";

const subnet = "aws:ec2/subnet:Subnet";
const route = "aws:ec2/route:Route";
const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";

/** The one tier in which a type may be, by its inputs. A type that is not here is refused, so that a new one is decided. */
const tierOfType: Readonly<Record<string, (inputs: Plain) => Tier>> = {
  // The internet enters by a load balancer that is not internal, and leaves by NAT.
  "aws:lb/loadBalancer:LoadBalancer": ({ internal }) => (internal === true ? "private" : "public"),
  "aws:ec2/natGateway:NatGateway": () => "public",
  "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": () => "public",
  // What runs code or calls pods and AWS: it needs a route out, and nothing from the internet reaches it.
  "aws:eks/nodeGroup:NodeGroup": () => "private",
  "aws:amp/scraper:Scraper": () => "private",
  "aws:ec2/vpcEndpoint:VpcEndpoint": () => "private",
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation": () => "private",
  // Only the network interfaces of EKS, which upgrades need free addresses for.
  "aws:eks/cluster:Cluster": () => "control-plane",
  "eks:index:Cluster": () => "control-plane",
  // Stores, and what copies between them: no route out.
  "aws:rds/subnetGroup:SubnetGroup": () => "data",
  "aws:elasticache/subnetGroup:SubnetGroup": () => "data",
  "aws:msk/cluster:Cluster": () => "data",
  "aws:msk/replicator:Replicator": () => "data",
};

/** Whether a part of the network itself may be in these tiers together. */
const ofAnyTier: Readonly<
  Record<string, { readonly fits: (got: readonly string[]) => boolean; readonly allowed: string }>
> = {
  [association]: { fits: (got) => got.length === 1, allowed: "one tier" },
  // The list that AWS makes with a network covers every subnet without a list of its own.
  "aws:ec2/networkAcl:NetworkAcl": {
    fits: (got) => got.length === 1 || !got.includes("data"),
    allowed: "data subnets only, or none of them",
  },
};

/** What is wrong with the tiers of the subnets that a property names. */
function wrongTier(resource: Resource, found: readonly (Tier | undefined)[]): string | undefined {
  const got = [...new Set(found.map((tier) => tier ?? "no tier"))].toSorted();
  const wanted = tierOfType[resource.type]?.(resource.inputs);
  if (wanted !== undefined) {
    return got.every((tier) => tier === wanted)
      ? undefined
      : `got subnets of ${got.join(", ")}; allowed: ${wanted}`;
  }
  const part = ofAnyTier[resource.type];
  if (part === undefined) {
    return `got subnets of ${got.join(", ")} for ${resource.type}; allowed: a type for which the rule names the tier`;
  }
  return part.fits(got) && !got.includes("no tier")
    ? undefined
    : `got subnets of ${got.join(", ")}; allowed: ${part.allowed}`;
}

/** Subnets with a route to everywhere, whatever it leads to. */
function subnetsWithWayOut(stack: Stack): readonly Resource[] {
  const tables = stack
    .of("aws:ec2/routeTable:RouteTable")
    .filter((table) =>
      stack
        .of(route)
        .some(
          (entry) =>
            anywhere.includes(
              text(entry.inputs.destinationCidrBlock) || text(entry.inputs.destinationIpv6CidrBlock),
            ) && stack.linked(entry, "routeTableId", table),
        ),
    );
  const entries = stack
    .of(association)
    .filter((entry) => tables.some((table) => stack.linked(entry, "routeTableId", table)));
  return stack.of(subnet).filter((one) => entries.some((entry) => stack.linked(entry, "subnetId", one)));
}

/** A subnet with the tag of a tier, as examples need it. */
function subnetOf(tier: Tier | undefined) {
  return {
    type: subnet,
    id: "subnet",
    inputs: { availabilityZoneId: "use1-az1", ...(tier ? { tags: { "acme/tier": tier } } : {}) },
  };
}

const nodes = { type: "aws:eks/nodeGroup:NodeGroup", inputs: { subnetIds: ["subnet"] } };

export const subnetRules: readonly Rule[] = [
  overStack({
    id: "subnet-tier-true",
    controls: ["NET-12"],
    severity: "high",
    whatToDo: "tag the subnet with the tier that its routes make, or mend the routes",
    check: (stack) => {
      const open = new Set(publicSubnets(stack));
      const out = new Set(subnetsWithWayOut(stack));
      const fits = (tier: Tier | undefined, one: Resource): boolean => {
        if (tier === "public") return open.has(one);
        if (tier === "private") return !open.has(one);
        return tier !== undefined && !out.has(one);
      };
      return stack
        .of(subnet)
        .filter((one) => !fits(tierOf(one), one))
        .map((resource) => ({
          resource,
          message: mismatch(
            "tags[…/tier]",
            tierTag(resource),
            `${tiers.join(", ")}; only public reaches an internet gateway, and only public and private have a route out`,
          ),
        }));
    },
    pass: publicSubnetExample("subnet").map((entry) => (entry.type === subnet ? subnetOf("public") : entry)),
    fail: publicSubnetExample("subnet").map((entry) => (entry.type === subnet ? subnetOf("data") : entry)),
    missing: [subnetOf(undefined)],
  }),
  overStack({
    id: "resource-in-its-tier",
    controls: ["NG-01", "EKS-11", "RDS-22", "EC-09", "MSK-11", "NET-12"],
    severity: "high",
    whatToDo: "name subnets of that tier; for a new type, write its tier and the reason into the rule",
    check: (stack) =>
      stack.resources
        .filter(({ type }) => type !== subnet)
        .flatMap((resource) =>
          placements(stack, resource).flatMap(({ property: name, subnets }) => {
            const wrong = wrongTier(resource, subnets.map(tierOf));
            return wrong === undefined ? [] : [{ resource, message: `${name}: ${wrong}` }];
          }),
        ),
    pass: [subnetOf("private"), nodes],
    fail: [subnetOf("data"), nodes],
    missing: [subnetOf(undefined), nodes],
  }),
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
        const open = texts([rule.cidrBlock, rule.ipv6CidrBlock]).some(isAnywhere);
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
