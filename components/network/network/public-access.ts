import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationOptions } from "../../base/core/index.ts";
import type { NetworkArgs, SubnetsByZone } from "./network.ts";

/**
 * Public subnets stay reachable when the region blocks the internet; every other subnet, and every network somebody
 * makes beside ours, does not.
 *
 * The block stops what comes in through any internet gateway of the account in this region. Answers to what went out by a
 * NAT gateway still come in, so only the load balancer needs an exclusion. Exclusions are made whoever owns the block,
 * and before it: one that came after would be an outage of minutes. An account has 50; a network takes two to four.
 */
export function createPublicAccess(
  name: string,
  args: NetworkArgs,
  publicSubnets: SubnetsByZone,
  parent: pulumi.Resource,
): void {
  const exclusions = Object.entries(publicSubnets).map(
    ([zone, subnet]) =>
      new aws.ec2.VpcBlockPublicAccessExclusion(
        `${name}-public-${zone}`,
        {
          subnetId: subnet.id,
          internetGatewayExclusionMode: "allow-bidirectional",
          tags: { Name: `${name}-public-${zone}` },
        },
        // While the region blocks, whoever removes one cuts the API off.
        { parent, ...foundationOptions(args.removal) },
      ),
  );
  if (args.settings.publicAccessBlock === "elsewhere") return;
  new aws.ec2.VpcBlockPublicAccessOptions(
    name,
    { internetGatewayBlockMode: "block-ingress" },
    { parent, dependsOn: exclusions },
  );
}
