import type { RawConfig } from "../check-config.ts";

/** A stack file of dev whose values are nobody's examples. */
export const rawConfig: RawConfig = {
  accountId: "222222222222",
  domain: "dev.tasks.acme.io",
  hostedZoneId: "Z0AB12CD34EF56GH",
  operatorCidrs: '["198.18.7.0/24"]',
  alertEmails: '["on-call@acme.io"]',
  githubRepository: "acme/task-platform",
  deployRoleArn: "arn:aws:iam::222222222222:role/deploy",
  breakGlassRoleArn: "arn:aws:iam::222222222222:role/break-glass",
  taskApiImage: `222222222222.dkr.ecr.us-east-1.amazonaws.com/task-api@sha256:${"a1".repeat(32)}`,
  taskWorkerImage: `222222222222.dkr.ecr.us-east-1.amazonaws.com/task-worker@sha256:${"b2".repeat(32)}`,
  schemaRegistryUrl: "https://registry.acme.io",
  authIssuer: "https://login.acme.io",
  authAudience: "task-platform",
  authJwksUrl: "https://login.acme.io/keys",
  // Needed by specs without a public API server, accepted by all.
  apiServerCallers: '["sg-0a1b2c3d4e5f60718", "10.90.4.0/24"]',
  // Needed by specs with CloudFront, accepted by all.
  originSecret: "f7".repeat(32),
  originPrefixListId: "pl-3b927c52",
  probePrefixListId: "pl-0a1b2c3d",
};

/** The same for an environment in another region, which pulls the copies of the images there. */
export function rawConfigIn(region: string): RawConfig {
  const { taskApiImage = "", taskWorkerImage = "" } = rawConfig;
  const there = (image: string): string => image.replace("us-east-1", region);
  return { ...rawConfig, taskApiImage: there(taskApiImage), taskWorkerImage: there(taskWorkerImage) };
}
