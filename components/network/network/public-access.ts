import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationOptions } from "../../base/core/index.ts";
import type { NetworkArgs } from "./args.ts";
import { blocksPublicAccess } from "./settings.ts";
import type { SubnetsByZone } from "./subnets.ts";

/**
 * Public subnets stay reachable while the region blocks public access. No other subnet does, and no other network of the
 * account.
 *
 * The block stops incoming connections through every internet gateway of the account in this region. Responses to
 * connections through a NAT gateway still arrive, so only the load balancer needs an exclusion. Every environment makes
 * its exclusions, whichever environment owns the block, and before the block: a later exclusion means minutes of outage.
 * An account can have 50 exclusions; a network needs two to four.
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
        // While the region blocks public access, removing an exclusion makes the API unreachable.
        { parent, ...foundationOptions(args.removal) },
      ),
  );
  if (!blocksPublicAccess(args.settings)) return;
  new aws.ec2.VpcBlockPublicAccessOptions(
    name,
    { internetGatewayBlockMode: "block-ingress" },
    { parent, dependsOn: exclusions },
  );
}
