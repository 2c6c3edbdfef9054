import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

/** Accepted for the deploy role and the preview role of the pipeline. */
export const deliveryWaivers: readonly Waiver[] = [
  {
    accepts: ["permissions-resources-named"],
    resources: ["github-*"],
    environments: "all",
    reason:
      "Reads of settings have no resource in IAM, or one that is unknown before. Writes are limited by region, roles by path and boundary.",
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
    resources: ["github-*"],
    environments: ["staging", "prod", "dr"],
    reason:
      "The boundary limits the roles that this role creates. Its own policy limits the role itself, and people create it.",
    ...settled,
  },
];
