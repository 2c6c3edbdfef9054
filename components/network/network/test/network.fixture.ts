import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Network, type NetworkArgs, type NetworkSettings } from "../index.ts";

/** A production-like network. Each test changes one thing of it. */
export const base: NetworkArgs = {
  settings: {
    cidr: "10.30.0.0/16",
    zones: [
      { id: "use1-az1", slot: 0 },
      { id: "use1-az2", slot: 1 },
      { id: "use1-az4", slot: 2 },
    ],
    nat: "per-zone",
    interfaceEndpoints: ["ecr.api", "sts"],
    publicAccessBlock: "elsewhere",
    flowLogs: { aggregationSeconds: 60, retentionDays: 90 },
  },
  accountId: "123456789012",
  region: "us-east-1",
  clusterName: "task-test",
  removal: "retain-all",
  flowLogBucketArn: "arn:aws:s3:::flow-logs",
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
};
export const zoneIds = ["use1-az1", "use1-az2", "use1-az4"];

type Changes = Partial<Omit<NetworkArgs, "settings">> & { readonly settings?: Partial<NetworkSettings> };

export function planNetwork(changes: Changes = {}): Promise<Plan> {
  const args = { ...base, ...changes, settings: { ...base.settings, ...changes.settings } };
  return planProgram(() => {
    const network = new Network("main", args);
    const { vpcId, publicSubnetIds, privateSubnetIds, dataSubnetIds, controlPlaneSubnetIds } = network;
    const { natAddresses } = network;
    return { vpcId, natAddresses, publicSubnetIds, privateSubnetIds, dataSubnetIds, controlPlaneSubnetIds };
  });
}

/** Sorted names of the resources of one type. */
export function names(plan: Plan, type: string): string[] {
  return plan.all(type).map(({ name }) => name);
}
