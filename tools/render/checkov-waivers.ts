import { archiveWaivers } from "./checkov-archive-waivers.ts";
import { edgeWaivers } from "./checkov-edge-waivers.ts";

/** A failed check of Checkov that is accepted for a time. */
export interface CheckovWaiver {
  readonly check: string;
  /** Name of the resource as rendered, without its kind; `*` stands for any text. */
  readonly resource: string;
  readonly environments: "all" | readonly ("dev" | "staging" | "prod" | "dr")[];
  readonly reason: string;
  readonly owner: string;
  /** ISO date; on the day after, the check fails again. */
  readonly expires: string;
}

const platform = "platform team";

/** Half a year: what is still right then is waived again by somebody who has read it. */
const settled = "2027-05-20";

/** Findings that are accepted for a time. A test fails on one that has expired, lasts too long or waives nothing. */
export const checkovWaivers: readonly CheckovWaiver[] = [
  ...edgeWaivers,
  ...archiveWaivers,
  {
    check: "CKV2_AWS_3",
    resource: "audit",
    environments: ["prod"],
    reason:
      "Whether a whole organisation is watched is decided where the organisation is, not by one of its accounts.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_57",
    resource: "secrets-schema-registry",
    environments: ["staging", "prod"],
    reason:
      "The password of a registry that somebody else runs: nothing here can change it there. People turn it, as docs/operations.md says.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_62",
    resource: "audit-trail*",
    environments: ["prod"],
    reason: "Nothing acts on a log file that arrives, and a notification that nobody reads tells nothing.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_62",
    resource: "edge-logs",
    environments: "all",
    reason: "Nothing acts on a log file that arrives, and a notification that nobody reads tells nothing.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_62",
    resource: "flow-logs",
    environments: "all",
    reason: "Nothing acts on a log file that arrives, and a notification that nobody reads tells nothing.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_144",
    resource: "edge-logs",
    environments: "all",
    reason:
      "Log files are no data to recover from: a region that comes back brings them along, the other one writes its own.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_144",
    resource: "flow-logs",
    environments: "all",
    reason:
      "Log files are no data to recover from: a region that comes back brings them along, the other one writes its own.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_18",
    resource: "audit-trail*",
    environments: ["prod"],
    reason:
      "Buckets of logs: logs about the reading of logs end in a circle; the trail's data events tell instead.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_18",
    resource: "edge-logs",
    environments: "all",
    reason:
      "Buckets of logs: logs about the reading of logs end in a circle; the trail's data events tell instead.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_18",
    resource: "flow-logs",
    environments: "all",
    reason:
      "Buckets of logs: logs about the reading of logs end in a circle; the trail's data events tell instead.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_145",
    resource: "edge-logs",
    environments: "all",
    reason: "A load balancer writes its access logs with S3's own key only; with any other it writes none.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_175",
    resource: "api",
    environments: "all",
    reason: "The rules are resources of their own (aws_wafv2_web_acl_rule), which Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_192",
    resource: "api",
    environments: "all",
    reason:
      "The managed group for known bad inputs, which holds this rule, is a resource of its own that Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_76",
    resource: "api",
    environments: "all",
    reason:
      "The managed group for known bad inputs, which holds this rule, is a resource of its own that Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_252",
    resource: "audit",
    environments: ["prod"],
    reason:
      "Alarms on the trail's log group tell of what matters; a message a log file would tell of every file.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_260",
    resource: "api-ingress-http-*",
    environments: "all",
    reason: "Port 80 answers with a redirect to 443 and nothing else.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_378",
    resource: "api-*",
    environments: "all",
    reason: "TLS ends at the load balancer; behind it are only private subnets, and the pods' NetworkPolicy.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_339",
    resource: "cluster-*",
    environments: "all",
    reason:
      "This Checkov does not know the version yet; the table of versions with their support dates is what judges it.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "audit-trail",
    environments: ["prod"],
    reason: "The log group is for alarms and searches; the bucket of the trail keeps the files.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "cluster-control-plane",
    environments: ["prod", "dr"],
    reason: "A quarter is at hand; every line is in the bucket of the archive for a year and more.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "*",
    environments: ["dev", "staging"],
    reason: "Logs of synthetic data help only while somebody looks for a fault.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "database-logs-*",
    environments: ["prod", "dr"],
    reason: "Statements are for finding faults, and may quote personal data: a quarter is enough.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "events-broker-logs",
    environments: ["prod", "dr"],
    reason: "Broker logs are for finding faults; a quarter is enough.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "metrics-workspace",
    environments: ["prod", "dr"],
    reason: "The log of the metrics store is for finding faults; a quarter is enough.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_338",
    resource: "queue-*-log",
    environments: ["prod", "dr"],
    reason: "Slow commands are for finding faults; a quarter is enough.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_50",
    resource: "queue",
    environments: ["dev"],
    reason: "One node is what dev pays for; its queue may be lost.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_118",
    resource: "database",
    environments: ["dev"],
    reason: "Nobody tunes the database of dev.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_150",
    resource: "api",
    environments: ["dev"],
    reason: "Dev is torn down by one command.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_157",
    resource: "database",
    environments: ["dev"],
    reason: "One zone is what dev pays for; its data is synthetic.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_293",
    resource: "database",
    environments: ["dev"],
    reason: "Dev is torn down by one command; its data is synthetic.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_39",
    resource: "cluster-*",
    environments: ["dev"],
    reason: "Developers reach dev from the ranges of its stack file, and from nowhere else.",
    owner: platform,
    expires: settled,
  },
];
