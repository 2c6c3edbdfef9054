import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

/** Accepted for topics and secrets. */
export const baseWaivers: readonly Waiver[] = [
  {
    accepts: ["topic-own-key", "CKV_AWS_26"],
    resources: ["alerts-cache-events"],
    environments: "all",
    reason:
      "ElastiCache publishes to no encrypted topic. Its messages name a node and what happened to it, and hold no data.",
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_57"],
    resources: ["secrets-schema-registry"],
    environments: ["staging", "prod"],
    reason:
      "The password belongs to a schema registry outside of this program, which cannot rotate it there. People rotate it, as docs/operations.md says.",
    ...settled,
  },
];
