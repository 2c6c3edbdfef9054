import { covers, inside, type Model, text, texts } from "../model.ts";
import type { Connected, Fixed, Inside, Pod } from "../types.ts";

/** Label by which pods choose their nodes. */
export const poolLabel = "task-platform/pool";
export const systemPool = "system";

/** Nodes by pool. Pods have the interfaces and the security groups of their nodes. */
export function nodesOf(model: Model): Readonly<Record<string, Inside>> {
  return Object.fromEntries(
    model.all("aws:eks/nodeGroup:NodeGroup").map(({ inputs, name }) => {
      const template = model
        .all("aws:ec2/launchTemplate:LaunchTemplate")
        .find(({ id }) => id === inside(inputs, "launchTemplate").id);
      const pool = text(inside(inputs, "labels")[poolLabel]) || name;
      const groups = texts(template?.inputs.vpcSecurityGroupIds);
      const subnets = model.subnets(inputs.subnetIds);
      const publicAddress = subnets.some(({ publicAddresses }) => publicAddresses);
      return [pool, { where: "inside", name: `nodes ${pool}`, subnets, groups, publicAddress }];
    }),
  );
}

export function onNodes(model: Model, name: string, pool: unknown, pod: Pod): Inside & { readonly pod: Pod } {
  const nodes = nodesOf(model)[String(pool)];
  if (nodes === undefined) throw new Error(`pods ${name}: no nodes of the pool "${String(pool)}"`);
  return { ...nodes, name, pod };
}

/** The interfaces of the API server in the network. They carry the group that EKS makes beside the given ones. */
export function controlPlaneOf(model: Model): Inside {
  const [cluster] = model.all("aws:eks/cluster:Cluster");
  if (cluster === undefined) throw new Error("the plan has no cluster: reachability needs one");
  const { subnetIds, securityGroupIds } = inside(cluster.inputs, "vpcConfig");
  const range = String(inside(cluster.inputs, "kubernetesNetworkConfig").serviceIpv4Cidr);
  return {
    where: "inside",
    name: "API server",
    subnets: model.subnets(subnetIds),
    groups: [String(inside(cluster.outputs, "vpcConfig").clusterSecurityGroupId), ...texts(securityGroupIds)],
    // The Service of the API server has the first address of the range.
    serviceAddress: (range.split("/")[0] ?? "").replace(/\.0$/, ".1"),
  };
}

/** Runners and operators that the stack file names. */
export function callersOf(model: Model): readonly Connected[] {
  const given = JSON.parse(model.config("apiServerCallers") ?? "[]") as readonly string[];
  return given.map((caller) => ({
    where: "connected",
    name: `caller ${caller}`,
    ...(caller.startsWith("sg-") ? { group: caller } : { cidr: caller }),
  }));
}

/** The public address of the API server, for callers from a range. The list of the cluster decides, not a security group. */
export function publicApi(model: Model, caller: string): Fixed {
  const [cluster] = model.all("aws:eks/cluster:Cluster");
  const { endpointPublicAccess, publicAccessCidrs } = inside(cluster?.inputs, "vpcConfig");
  const open = endpointPublicAccess === true;
  // Without a list EKS admits everybody.
  const listed =
    publicAccessCidrs === undefined ||
    texts(publicAccessCidrs).some((range) => covers(range, caller, "every"));
  const rule = open ? `${cluster?.name}: publicAccessCidrs` : `${cluster?.name}: no public endpoint`;
  return {
    where: "fixed",
    name: "public API server",
    address: "0.0.0.0",
    gate: { verdict: open && listed ? "allowed" : "denied", rule },
  };
}

/** Ranges of operators who use that address. */
export function operatorsOf(model: Model): readonly string[] {
  return JSON.parse(model.config("operatorCidrs") ?? "[]") as readonly string[];
}

/** Addresses that a node answers itself, with what decides about them. */
export function nodeAddresses(
  model: Model,
): Readonly<Record<"identityAgent" | "metadata" | "resolver", Fixed>> {
  const agent = model
    .all("aws:eks/addon:Addon")
    .find(({ inputs }) => inputs.addonName === "eks-pod-identity-agent");
  const far = model
    .all("aws:ec2/launchTemplate:LaunchTemplate")
    .filter(({ inputs }) => inside(inputs, "metadataOptions").httpPutResponseHopLimit !== 1);
  const [vpc] = model.all("aws:ec2/vpc:Vpc");
  return {
    identityAgent: {
      where: "fixed",
      name: "Pod Identity agent",
      address: "169.254.170.23",
      gate: agent
        ? { verdict: "allowed", rule: `add-on ${agent.name}` }
        : { verdict: "denied", rule: "no add-on eks-pod-identity-agent" },
    },
    metadata: {
      where: "fixed",
      name: "metadata of the node",
      address: "169.254.169.254",
      gate:
        far.length === 0
          ? { verdict: "denied", rule: "launch templates: answers end after one hop, which is the node" }
          : {
              verdict: "allowed",
              rule: `launch template ${far.map(({ name }) => name).join(", ")}: hop limit`,
            },
    },
    // Neither security groups nor access lists see requests to the resolver of the network (VPC guide).
    resolver: {
      where: "fixed",
      name: "resolver of the network",
      address: "169.254.169.253",
      gate:
        vpc?.inputs.enableDnsSupport === true
          ? { verdict: "allowed", rule: `network ${vpc.name}: DNS is on` }
          : { verdict: "denied", rule: "network: DNS is off" },
    },
  };
}
