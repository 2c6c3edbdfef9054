import type { Waiver } from "./types.ts";

const platform = "platform team";

/** Half a year: what is still right then is waived again by somebody who has read it. */
const settled = "2027-05-20";

/** Violations that are accepted for a time. A test fails on one that has expired, lasts too long or waives nothing. */
export const waivers: readonly Waiver[] = [
  {
    rule: "database-port-chosen",
    resource: "database*",
    environments: ["prod", "dr"],
    reason:
      "Another port hides nothing from who is inside the network, and confuses every tool and operator.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "cache-port-chosen",
    resource: "queue*",
    environments: ["prod", "dr"],
    reason:
      "Another port hides nothing from who is inside the network, and confuses every tool and operator.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-access-logged",
    resource: "flow-logs",
    environments: ["staging", "prod", "dr"],
    reason:
      "A bucket of logs: logs about the reading of logs end in a circle; CloudTrail data events tell instead.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-access-logged",
    resource: "audit-*",
    environments: ["prod"],
    reason:
      "A bucket of logs: logs about the reading of logs end in a circle; the trail records its own objects.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-access-logged",
    resource: "log-archive",
    environments: ["prod", "dr"],
    reason: "A bucket of logs: logs about the reading of logs end in a circle; few roles can read it.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-access-logged",
    resource: "edge-logs",
    environments: ["staging", "prod", "dr"],
    reason:
      "A bucket of logs: logs about the reading of logs end in a circle; CloudTrail data events tell instead.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-access-logged",
    resource: "distribution-logs",
    environments: ["prod"],
    reason:
      "A bucket of logs: logs about the reading of logs end in a circle; CloudTrail data events tell instead.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "alias-follows-health",
    resource: "api-name-*",
    environments: ["prod"],
    reason:
      "The target is CloudFront, whose health Route 53 cannot evaluate; failover happens behind it, at the origin's name.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-encrypted",
    resource: "edge-logs",
    environments: "all",
    reason: "Load balancers cannot write to a bucket with a key of ours; it has the service's encryption.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "bucket-policy-closed",
    resource: "edge-logs",
    environments: "all",
    reason:
      "The service documents no source condition; it writes below the account it acts for, and only our own account's folder is open.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "target-encrypted",
    resource: "api-*",
    environments: ["staging", "prod", "dr"],
    reason:
      "TLS ends at the load balancer; between it and the pods, instances of the Nitro system encrypt what they send each other.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "trail-tells-deliveries",
    resource: "audit",
    environments: ["prod"],
    reason:
      "A message for every delivered file, twelve an hour, that nobody reads; patterns in the trail have alarms instead.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "network-policy-egress-named",
    resource: "task-*",
    environments: "all",
    reason:
      "The issuer and AWS have no fixed ranges. Only 443, and no private range: other pods and stores stay closed.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "network-policy-egress-named",
    resource: "secrets-controller",
    environments: ["staging", "dr"],
    reason:
      "Secrets Manager has no fixed ranges, and no endpoint in this network. Only 443, and no private range beside those of the API server.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "permissions-resources-named",
    resource: "github-*",
    environments: "all",
    reason:
      "Reads of settings have no resource in IAM or an unknown one; writes are fenced by region, roles by path and boundary.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "role-session-short",
    resource: "github-deploy",
    environments: "all",
    reason:
      "A first deploy waits for Kafka and an upgrade for its brokers: more than an hour, and a cut one is worse.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "role-bounded",
    resource: "github-*",
    environments: ["staging", "prod", "dr"],
    reason:
      "The boundary bounds what this role makes. The role itself is bounded by its own policy, and made by people.",
    owner: platform,
    expires: settled,
  },
  {
    rule: "container-memory-even",
    resource: "task-api",
    environments: ["prod", "dr"],
    reason:
      "The specification names both numbers, 512Mi and 2Gi; a measured benchmark of the API is what may change them.",
    owner: platform,
    expires: settled,
  },
];
