import type { PlannedResource } from "../../model/index.ts";
import { anywhere, inside, itemsOf, type Model, text, texts } from "../model.ts";
import type { Endpoint, Inside, Internet } from "../types.ts";

/** A store, with the port and the address that its clients get. */
export interface Store {
  readonly kind: "database" | "cache" | "events";
  readonly place: Inside;
  readonly port: number;
  /** Host names; a container that has one of them in a variable is a client. */
  readonly hosts: readonly string[];
}

/** PostgreSQL, cache and Kafka. */
export function storesOf(model: Model): readonly Store[] {
  const subnetsOf = (type: string, name: unknown) =>
    model.subnets(model.all(type).find(({ id }) => id === name)?.inputs.subnetIds);
  const place = (
    { name }: PlannedResource,
    subnets: Inside["subnets"],
    groups: unknown,
    publicAddress: boolean,
  ): Inside => ({ where: "inside", name, subnets, groups: texts(groups), publicAddress });
  const instances = model.all("aws:rds/instance:Instance");
  // A read replica has the subnets of its source.
  const [group] = instances.flatMap(({ inputs }) => inputs.dbSubnetGroupName ?? []);
  return [
    ...instances.map((one) => ({
      kind: "database" as const,
      place: place(
        one,
        subnetsOf("aws:rds/subnetGroup:SubnetGroup", one.inputs.dbSubnetGroupName ?? group),
        one.inputs.vpcSecurityGroupIds,
        one.inputs.publiclyAccessible === true,
      ),
      port: Number(one.outputs.port),
      hosts: [String(one.outputs.address)],
    })),
    ...model.all("aws:elasticache/replicationGroup:ReplicationGroup").map((one) => ({
      kind: "cache" as const,
      place: place(
        one,
        subnetsOf("aws:elasticache/subnetGroup:SubnetGroup", one.inputs.subnetGroupName),
        one.inputs.securityGroupIds,
        false,
      ),
      port: Number(one.outputs.port ?? one.inputs.port ?? 6379),
      hosts: [String(one.outputs.primaryEndpointAddress)],
    })),
    ...model.all("aws:msk/cluster:Cluster").map((one) => {
      const { clientSubnets, securityGroups } = inside(one.inputs, "brokerNodeGroupInfo");
      const access = inside(one.inputs, "brokerNodeGroupInfo", "connectivityInfo", "publicAccess").type;
      const brokers = String(one.outputs.bootstrapBrokersSaslIam).split(",");
      return {
        kind: "events" as const,
        place: place(
          one,
          model.subnets(clientSubnets),
          securityGroups,
          access !== undefined && access !== "DISABLED",
        ),
        port: Number(brokers[0]?.split(":")[1]),
        hosts: brokers.map((broker) => broker.split(":")[0] ?? ""),
      };
    }),
  ];
}

export function loadBalancersOf(model: Model): readonly { readonly place: Inside; readonly arn: unknown }[] {
  return model.all("aws:lb/loadBalancer:LoadBalancer").map(({ name, inputs, outputs }) => ({
    place: {
      where: "inside",
      name: `load balancer ${name}`,
      subnets: model.subnets(inputs.subnets),
      groups: texts(inputs.securityGroups),
      publicAddress: inputs.internal === false,
    },
    arn: outputs.arn,
  }));
}

/** The interfaces of a replicator of events in this network. At the source the service has an endpoint of its own. */
export function replicatorsOf(model: Model): readonly Inside[] {
  return model.all("aws:msk/replicator:Replicator").flatMap(({ name, inputs }) =>
    itemsOf(inputs, "kafkaClusters")
      .map((cluster) => inside(cluster, "vpcConfig"))
      .filter(({ securityGroupsIds }) => texts(securityGroupsIds).length > 0)
      .map((config) => ({
        where: "inside",
        name: `replicator ${name}`,
        subnets: model.subnets(config.subnetIds),
        groups: texts(config.securityGroupsIds),
      })),
  );
}

/** The interfaces of the metrics collector. */
export function scrapersOf(
  model: Model,
): readonly { readonly place: Inside; readonly configuration: string }[] {
  return model.all("aws:amp/scraper:Scraper").map(({ inputs }) => {
    const { subnetIds, securityGroupIds } = inside(inputs, "source", "eks");
    return {
      place: {
        where: "inside",
        name: "metrics collector",
        subnets: model.subnets(subnetIds),
        groups: texts(securityGroupIds),
      },
      configuration: String(inputs.scrapeConfiguration),
    };
  });
}

/** A service of AWS by its name in endpoints: its interface endpoint where the network has one, or else its public address. */
export function awsService(model: Model, service: string): Inside | Internet {
  const name = `AWS ${service}`;
  const own = model
    .all("aws:ec2/vpcEndpoint:VpcEndpoint")
    .filter(({ inputs }) => String(inputs.serviceName) === `com.amazonaws.${model.region}.${service}`);
  // Without a private name clients keep using the public address.
  const [near] = own.filter(
    ({ inputs }) => inputs.vpcEndpointType === "Interface" && inputs.privateDnsEnabled === true,
  );
  if (near) {
    return {
      where: "inside",
      name,
      subnets: model.subnets(near.inputs.subnetIds),
      groups: texts(near.inputs.securityGroupIds),
      endpoint: toEndpoint(near),
    };
  }
  const gateways = own.filter(({ inputs }) => inputs.vpcEndpointType === "Gateway").map(toEndpoint);
  return { ...internet(name), endpoints: gateways };
}

function toEndpoint({ name, inputs }: PlannedResource): Endpoint {
  return { name, policy: text(inputs.policy), tables: texts(inputs.routeTableIds) };
}

/** A host of the internet, whose address is not known: only a rule for every address covers it. */
export function internet(name: string): Internet {
  return { where: "internet", name, cidr: anywhere };
}
