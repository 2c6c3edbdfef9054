import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import {
  createNodePools,
  type NodeGroupSettings,
  type NodeGroupsSettings,
  type NodePoolsArgs,
} from "../index.ts";

const nodeGroup: NodeGroupSettings = {
  groups: "over-zones",
  instanceTypes: ["m7g.large"],
  capacityType: "on-demand",
  minNodes: 3,
  maxNodes: 6,
  diskGiB: 50,
};

/** Production-like node groups; tests change one thing of them. */
export const baseNodeGroups: NodeGroupsSettings = {
  system: nodeGroup,
  application: nodeGroup,
  worker: nodeGroup,
};

/** The node pools of a cluster "main", after an add-on "early". */
export function planNodePools(changes: Partial<NodePoolsArgs> = {}): Promise<Plan> {
  return planProgram(() => {
    const parent = new pulumi.ComponentResource("task-platform:test:Parent", "parent");
    const early = new aws.eks.Addon("early", { clusterName: "task-test", addonName: "vpc-cni" });
    createNodePools(
      "main",
      {
        nodeGroups: baseNodeGroups,
        clusterName: "task-test",
        readyClusterName: "task-test",
        kubernetesVersion: "1.36",
        nodeRelease: "1.36.4-20260930",
        subnetIds: { "use1-az4": "subnet-4", "use1-az1": "subnet-1", "use1-az2": "subnet-2" },
        securityGroupIds: ["sg-eks", "sg-nodes"],
        diskKeyArn: "arn:aws:kms:us-east-1:123456789012:key/disks",
        tags: { owner: "platform" },
        waitFor: [early],
        ...changes,
      },
      parent,
    );
  });
}
