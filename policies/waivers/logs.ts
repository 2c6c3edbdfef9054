import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

const accessLogs = ["bucket-access-logged", "CKV_AWS_18"] as const;

const endless = "Access logs about a bucket of logs would need access logs themselves, without end.";
const recorded = `${endless} The data events of the trail record reads instead.`;
const nobodyReacts = "Nothing acts on a new log file, so nobody would read the notification.";
const notRecovered =
  "Recovery needs no log files: a region that comes back still has them, and the other region writes its own.";
const synthetic = "Logs of synthetic data help only while somebody looks for a fault.";
const quarter = "is for finding faults, so a quarter is enough.";

/** Accepted for buckets of logs and for log groups. */
export const logWaivers: readonly Waiver[] = [
  {
    accepts: accessLogs,
    resources: ["edge-logs", "flow-logs"],
    environments: "all",
    reason: recorded,
    ...settled,
  },
  {
    accepts: accessLogs,
    resources: ["audit-trail", "audit-trail-copy", "distribution-logs"],
    environments: ["prod"],
    reason: recorded,
    ...settled,
  },
  {
    accepts: accessLogs,
    resources: ["log-archive"],
    environments: ["prod", "dr"],
    reason: `${endless} Few roles can read this one.`,
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_62"],
    resources: ["edge-logs", "flow-logs"],
    environments: "all",
    reason: nobodyReacts,
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_62"],
    resources: ["audit-trail", "audit-trail-copy", "distribution-logs"],
    environments: ["prod"],
    reason: nobodyReacts,
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_62"],
    resources: ["log-archive"],
    environments: ["prod", "dr"],
    reason: nobodyReacts,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_144"],
    resources: ["edge-logs", "flow-logs"],
    environments: "all",
    reason: notRecovered,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_144"],
    resources: ["distribution-logs"],
    environments: ["prod"],
    reason: notRecovered,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_144"],
    resources: ["log-archive"],
    environments: ["prod", "dr"],
    reason: notRecovered,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: [
      "api-logs",
      "cluster-control-plane",
      "database-logs-primary-postgresql",
      "database-logs-primary-upgrade",
      "events-broker-logs",
      "metrics-workspace",
      "queue-engine-log",
      "queue-slow-log",
    ],
    environments: ["dev", "staging"],
    reason: synthetic,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: ["issuer-sign-ins"],
    environments: ["staging"],
    reason: synthetic,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: ["cluster-control-plane"],
    environments: ["prod", "dr"],
    reason: "A quarter stays searchable; the bucket of the archive keeps every line for more than a year.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: ["database-logs-primary-postgresql", "database-logs-primary-upgrade"],
    environments: ["prod", "dr"],
    reason: `The log of statements ${quarter} It may quote personal data.`,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: ["events-broker-logs", "metrics-workspace", "queue-engine-log", "queue-slow-log"],
    environments: ["prod", "dr"],
    reason: `The log of brokers, of the metrics store and of slow commands ${quarter}`,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: ["log-archive-errors"],
    environments: ["prod", "dr"],
    reason: "It says why a file was not delivered; after a quarter that file is lost or delivered.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_338"],
    resources: ["audit-trail"],
    environments: ["prod"],
    reason: "The log group is for alarms and searches; the bucket of the trail keeps the files.",
    ...settled,
  },
];
