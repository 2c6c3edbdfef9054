import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

const generated =
  "AWS generates the names of what a deploy makes, so the limit is the region, and the actions are those of the spec.";

/** Accepted for the deploy role and the preview role of the pipeline. */
export const deliveryWaivers: readonly Waiver[] = [
  {
    accepts: ["permissions-resources-named"],
    resources: ["github-deploy", "github-preview"],
    statements: ["ReadSettings"],
    environments: "all",
    reason: "IAM has no resource for most of these reads, and they return settings and no content.",
    ...settled,
  },
  {
    accepts: ["permissions-resources-named"],
    resources: [
      "github-deploy-cluster",
      "github-deploy-data",
      "github-deploy-edge",
      "github-deploy-network",
      "github-deploy-operations",
    ],
    statements: [
      "ChangeCluster",
      "ChangeData",
      "ChangeEdge",
      "ChangeGlobalEdge",
      "ChangeGlobalOperations",
      "ChangeNetwork",
      "ChangeOperations",
    ],
    environments: "all",
    reason: generated,
    ...settled,
  },
  {
    accepts: ["permissions-resources-named"],
    resources: ["github-deploy-choices"],
    statements: ["ChangeChoices"],
    environments: ["staging", "prod", "dr"],
    reason: generated,
    ...settled,
  },
  {
    accepts: ["permissions-resources-named"],
    resources: ["github-deploy-choices"],
    statements: ["ChangeGlobalChoices"],
    environments: ["prod"],
    reason: generated,
    ...settled,
  },
  {
    accepts: ["role-session-short"],
    resources: ["github-deploy"],
    environments: "all",
    reason:
      "A first deploy waits for Kafka, and an upgrade for its brokers. Both take more than an hour, and an interrupted deploy is worse.",
    ...settled,
  },
  {
    accepts: ["role-bounded"],
    resources: ["github-deploy", "github-preview"],
    environments: ["staging", "prod", "dr"],
    reason:
      "The boundary limits the roles that this role creates. Its own policy limits the role itself, and people create it.",
    ...settled,
  },
];
