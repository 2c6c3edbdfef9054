import * as aws from "@pulumi/aws";
import { type Plan, type PlanMode, planProgram } from "../../../../tools/plan/index.ts";
import type { Removal } from "../../../base/core/index.ts";
import type { NodeGroupSettings } from "../../node-pools/index.ts";
import { Cluster, type ClusterArgs } from "../index.ts";

const nodeGroup: NodeGroupSettings = {
  groups: "over-zones",
  instanceTypes: ["m7g.large"],
  capacityType: "on-demand",
  minNodes: 3,
  maxNodes: 6,
  diskGiB: 50,
};

/** A production-like cluster; tests change one thing of it. */
export const baseArgs: ClusterArgs = {
  settings: {
    version: "1.36",
    serviceCidr: "172.20.0.0/16",
    publicEndpoint: false,
    logRetentionDays: 90,
    logArchiveDays: 0,
    deletionProtected: true,
    zonalShift: true,
    nodeGroups: { system: nodeGroup, application: nodeGroup, worker: nodeGroup },
  },
  clusterName: "task-test",
  accountId: "123456789012",
  region: "us-east-1",
  removal: "retain-all",
  vpcId: "vpc-1",
  nodeSubnetIds: { "use1-az2": "subnet-node-2", "use1-az1": "subnet-node-1", "use1-az4": "subnet-node-4" },
  controlPlaneSubnetIds: { "use1-az4": "subnet-cp-4", "use1-az1": "subnet-cp-1", "use1-az2": "subnet-cp-2" },
  secretsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/cluster",
  logKeyArn: "arn:aws:kms:us-east-1:123456789012:key/logs",
  diskKeyArn: "arn:aws:kms:us-east-1:123456789012:key/disks",
  alarmTopicArn: "topic",
  operatorCidrs: ["203.0.113.0/24"],
  apiServerCallers: ["sg-0a1b2c3d4e5f60718"],
  administrators: { deploy: "arn:aws:iam::123456789012:role/deploy" },
};

export type ClusterChanges = Partial<Omit<ClusterArgs, "settings">> & {
  readonly settings?: Partial<ClusterArgs["settings"]>;
};

/** Tests share equal plans, because each plan takes a third of a second. */
const plans = new Map<string, Promise<Plan>>();

/** The plan of one cluster named "main". */
export function planCluster(changes: ClusterChanges = {}, mode: PlanMode = "resolved"): Promise<Plan> {
  const key = JSON.stringify([changes, mode]);
  const plan = plans.get(key) ?? makePlan(changes, mode);
  plans.set(key, plan);
  return plan;
}

function makePlan(changes: ClusterChanges, mode: PlanMode): Promise<Plan> {
  const args = { ...baseArgs, ...changes, settings: { ...baseArgs.settings, ...changes.settings } };
  return planProgram(
    () => {
      const provider = new aws.Provider("home", {
        region: "us-east-1",
        allowedAccountIds: ["123456789012"],
      });
      const cluster = new Cluster("main", args, { providers: { aws: provider } });
      const { clusterName, clusterArn, endpoint, nodeSecurityGroupId } = cluster;
      return {
        clusterName,
        clusterArn,
        endpoint,
        nodeSecurityGroupId,
        podIdentityReady: cluster.podIdentityReady.map((resource) => resource.urn),
        nodesReady: cluster.nodesReady.map((resource) => resource.urn),
      };
    },
    { mode },
  );
}

/** A cluster that a destroy may remove. */
export const removable: {
  readonly removal: Removal;
  readonly settings: { readonly deletionProtected: false };
} = {
  removal: "remove",
  settings: { deletionProtected: false },
};
