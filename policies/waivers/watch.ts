import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

/** Accepted for the audit trail and the guards of the account. */
export const watchWaivers: readonly Waiver[] = [
  {
    accepts: ["trail-tells-deliveries", "CKV_AWS_252"],
    resources: ["audit"],
    environments: ["prod"],
    reason:
      "It would send one message per delivered file, twelve per hour, which nobody reads. Alarms watch patterns in the trail instead.",
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_3"],
    resources: ["audit"],
    environments: ["prod"],
    reason:
      "The management account decides whether GuardDuty watches the organisation, not one of its accounts.",
    ...settled,
  },
];
