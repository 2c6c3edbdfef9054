import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { NodePoolsArgs } from "./args.ts";
import type { NodePool } from "./placement.ts";
import { nodeUserData } from "./user-data.ts";

/**
 * What the nodes of one pool boot with.
 *
 * No key pair and no network interface: nobody signs in, and the subnets decide that there is no public address.
 * No image and no instance type: the node group decides both, and EKS keeps the image at the release of the group.
 */
export function createLaunchTemplate(
  name: string,
  args: NodePoolsArgs,
  nodePool: NodePool,
  parent: pulumi.Resource,
): aws.ec2.LaunchTemplate {
  const tags = { ...args.tags, Name: `${args.clusterName}-${nodePool}` };
  return new aws.ec2.LaunchTemplate(
    name,
    {
      description: `Nodes of ${args.clusterName}, pool ${nodePool}.`,
      vpcSecurityGroupIds: [...args.securityGroupIds],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // One hop ends at the node, so a pod cannot read the credentials of its node.
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda", // The root device of AL2023.
          ebs: {
            volumeType: "gp3",
            volumeSize: args.nodeGroups[nodePool].diskGiB,
            encrypted: "true",
            kmsKeyId: args.diskKeyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      // Metrics every minute instead of every five, so that alarms are not late. About 2 USD per node and month.
      monitoring: { enabled: true },
      userData: Buffer.from(nodeUserData()).toString("base64"),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags,
      })),
    },
    { parent },
  );
}
