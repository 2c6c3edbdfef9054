import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Distribution, type DistributionArgs } from "../index.ts";

/** Valid arguments of a distribution. */
export const distributionArgs: DistributionArgs = {
  settings: { places: "world", shield: "standard", mode: "block" },
  removal: "retain-all",
  region: "us-east-1",
  domain: "api.tasks.test",
  originDomain: "origin.api.tasks.test",
  zoneId: "Z1",
  originSecret: "shared",
  grpcServices: ["tasks.v1.TaskService"],
  webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/api/1",
  logBucketArn: "arn:aws:s3:::logs",
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:page",
};

/** The plan of the distribution alone. */
export function planDistribution(changes: Partial<DistributionArgs> = {}): Promise<Plan> {
  return planProgram(() => {
    const { distributionArn, distributionId } = new Distribution("api", { ...distributionArgs, ...changes });
    return { distributionArn, distributionId };
  });
}
