import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Port for clients that sign in with IAM, inside the VPC. */
export const kafkaClientPort = 9098;

/** JMX and node exporters of the brokers. */
const exporterPorts = { from: 11_001, to: 11_002 };

interface BrokerSecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly monitoringSecurityGroupId?: pulumi.Input<string>;
}

/**
 * The security group of the brokers: clients reach 9098 and the scraper the exporters, by their groups, nothing by
 * address. There is no egress rule, because brokers open no connection here; they reach each other through the network
 * of the service.
 */
export function createBrokerSecurityGroup(
  name: string,
  args: BrokerSecurityGroupArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    `${name}-brokers`,
    { description: `Brokers of ${name}.`, vpcId: args.vpcId, tags: { Name: `${name}-brokers` } },
    { parent },
  );
  const rule = (key: string, description: string, source: pulumi.Input<string>, ports: PortRange) =>
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-ingress-${key}`,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: source,
        description,
        ipProtocol: "tcp",
        fromPort: ports.from,
        toPort: ports.to,
      },
      { parent },
    );
  const client = { from: kafkaClientPort, to: kafkaClientPort };
  rule("self", "Members of the group, such as a replicator, as clients.", group.id, client);
  for (const [key, id] of Object.entries(args.clientSecurityGroupIds)) {
    rule(`client-${key}`, `Kafka clients: ${key}.`, id, client);
  }
  if (args.monitoringSecurityGroupId !== undefined) {
    rule("monitoring", "Prometheus: JMX and node exporters.", args.monitoringSecurityGroupId, exporterPorts);
  }
  return group;
}

interface PortRange {
  readonly from: number;
  readonly to: number;
}
