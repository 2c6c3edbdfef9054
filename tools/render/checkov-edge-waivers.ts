import type { CheckovWaiver } from "./checkov-waivers.ts";

const platform = "platform team";

/** Half a year, as the others. */
const settled = "2027-05-20";

/** What Checkov finds at CloudFront and its firewall. */
export const edgeWaivers: readonly CheckovWaiver[] = [
  {
    check: "CKV_AWS_86",
    resource: "api",
    environments: ["prod"],
    reason: "Requests are logged by CloudWatch's log delivery, the newer way, which Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_374",
    resource: "api",
    environments: ["prod"],
    reason: "Users may be anywhere; who may use the API is decided by tokens, not by places.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_310",
    resource: "api",
    environments: ["prod"],
    reason:
      "One origin by name: Route 53 moves that name to the other region, for clients and CloudFront alike.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_305",
    resource: "api",
    environments: ["prod"],
    reason: "An API has no page to serve at its root; it answers 404.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_259",
    resource: "api-headers",
    environments: ["prod"],
    reason: "Strict transport security is set; Checkov 3.3.13 reads only the older form of the block.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_192",
    resource: "distribution",
    environments: ["prod"],
    reason: "The rules are resources of their own (aws_wafv2_web_acl_rule), which Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_175",
    resource: "distribution",
    environments: ["prod"],
    reason: "The rules are resources of their own (aws_wafv2_web_acl_rule), which Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_47",
    resource: "api",
    environments: ["prod"],
    reason: "The rules are resources of their own (aws_wafv2_web_acl_rule), which Checkov does not read.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV2_AWS_62",
    resource: "distribution-logs",
    environments: ["prod"],
    reason: "Nothing acts on a log file that arrives, and a notification that nobody reads tells nothing.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_18",
    resource: "distribution-logs",
    environments: ["prod"],
    reason: "A bucket of logs: logs about the reading of logs end in a circle.",
    owner: platform,
    expires: settled,
  },
  {
    check: "CKV_AWS_144",
    resource: "distribution-logs",
    environments: ["prod"],
    reason: "Log files are no data to recover from: a region that comes back brings them along.",
    owner: platform,
    expires: settled,
  },
];
