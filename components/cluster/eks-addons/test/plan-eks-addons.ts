import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import {
  type AddonVersions,
  addonNames,
  createEarlyAddons,
  createLateAddons,
  type EksAddonsArgs,
} from "../index.ts";

/** One version for each add-on, all different. */
export const versions = Object.fromEntries(
  addonNames.map((addonName, index) => [addonName, `v1.0.${index}-eksbuild.1`]),
) as AddonVersions;

/** All add-ons of a cluster "main" in three zones, with a node group "nodes" between the early and the late ones. */
export function planEksAddons(): Promise<Plan> {
  return planProgram(() => {
    const parent = new pulumi.ComponentResource("task-platform:test:Parent", "parent");
    const args: EksAddonsArgs = {
      versions,
      readyClusterName: "task-test",
      clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/task-test",
      accountId: "123456789012",
      zones: 3,
      diskKeyArn: "arn:aws:kms:us-east-1:123456789012:key/disks",
    };
    createEarlyAddons("main", args, parent);
    const nodes = new aws.eks.NodeGroup("nodes", {
      clusterName: "task-test",
      nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
      subnetIds: ["subnet-1"],
      scalingConfig: { minSize: 1, maxSize: 1, desiredSize: 1 },
    });
    createLateAddons("main", args, [nodes], parent);
  });
}
