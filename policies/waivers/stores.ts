import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

/** Accepted for the database and the cache. */
export const storeWaivers: readonly Waiver[] = [
  {
    accepts: ["database-port-chosen"],
    resources: ["database"],
    environments: ["prod", "dr"],
    reason:
      "Another port than 5432 hides nothing from an attacker in the network, and confuses tools and operators.",
    ...settled,
  },
  {
    accepts: ["cache-port-chosen"],
    resources: ["queue"],
    environments: ["prod", "dr"],
    reason:
      "Another port than 6379 hides nothing from an attacker in the network, and confuses tools and operators.",
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_50"],
    resources: ["queue"],
    environments: ["dev"],
    reason: "Dev pays for one node only; its queue may be lost.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_118"],
    resources: ["database"],
    environments: ["dev"],
    reason: "Nobody tunes the database of dev, so enhanced monitoring would serve nobody.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_157"],
    resources: ["database"],
    environments: ["dev"],
    reason: "Dev pays for one zone only; its data is synthetic.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_293"],
    resources: ["database"],
    environments: ["dev"],
    reason: "One command destroys dev, and its data is synthetic.",
    ...settled,
  },
];
