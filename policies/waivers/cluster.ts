import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

/** Accepted for the cluster and its workloads. */
export const clusterWaivers: readonly Waiver[] = [
  {
    accepts: ["network-policy-egress-named"],
    resources: ["task-analytics", "task-api", "task-migrate", "task-processor", "task-relay"],
    environments: "all",
    reason:
      "The token issuer and AWS have no fixed ranges. Only port 443 is open, and no private range: other pods and stores stay closed.",
    ...settled,
  },
  {
    accepts: ["network-policy-egress-named"],
    resources: ["secrets-controller"],
    environments: ["staging", "dr"],
    reason:
      "Secrets Manager has no fixed ranges, and no endpoint in this network. Only port 443 is open, and of private ranges only those of the API server.",
    ...settled,
  },
  {
    accepts: ["workload-replicated", "workload-has-disruption-budget"],
    resources: ["task-analytics"],
    environments: ["staging", "prod"],
    reason:
      "docs/requirements.md asks for one instance. While it is away, events wait in Kafka and statistics are late; a budget for one replica would stop every node upgrade.",
    ...settled,
  },
  {
    accepts: ["container-memory-even"],
    resources: ["task-api"],
    environments: ["prod", "dr"],
    reason:
      "docs/requirements.md names both numbers, 512Mi and 2Gi. Only a measured benchmark of the API may change them.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_339"],
    resources: ["cluster-eksCluster"],
    environments: "all",
    reason:
      "This Checkov does not know the version yet. The rule cluster-version-supported has a table of versions with their support dates.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_39"],
    resources: ["cluster-eksCluster"],
    environments: ["dev"],
    reason: "Developers reach dev from the ranges in its stack file, and from nowhere else.",
    ...settled,
  },
];
