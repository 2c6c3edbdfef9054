import type { Waiver } from "./waiver.ts";

/** Half a year: renew a waiver only after reading its reason again. */
const settled = { owner: "platform team", expires: "2027-05-20" } as const;

const rulesApart =
  "The rules, with the managed group for known bad inputs, are resources of their own (aws_wafv2_web_acl_rule), which Checkov does not read.";

/** Accepted for what AWS makes with a network, for the load balancer, CloudFront and the firewall. */
export const networkWaivers: readonly Waiver[] = [
  {
    accepts: ["access-list-closed-to-internet"],
    resources: ["network-default-access-list"],
    environments: "all",
    reason:
      "AWS makes it for the public, private and control plane subnets. Security groups decide there; the data subnets have a list of their own.",
    ...settled,
  },
  {
    accepts: ["group-egress-named"],
    resources: ["cluster-eksCluster-group-of-eks-out"],
    environments: "all",
    reason:
      "EKS makes it: nodes pull images and call AWS. The network policies of the pods limit what leaves them.",
    ...settled,
  },
  {
    accepts: ["bucket-encrypted", "CKV_AWS_145"],
    resources: ["edge-logs"],
    environments: "all",
    reason:
      "A load balancer writes its access logs only to a bucket with S3's own encryption, never with a customer managed key.",
    ...settled,
  },
  {
    accepts: ["bucket-policy-closed"],
    resources: ["edge-logs"],
    statements: ["LoadBalancerWrite"],
    environments: "all",
    reason:
      "The load balancer service documents no source condition. It writes below the id of the account it acts for, and only our own account's folder is open.",
    ...settled,
  },
  {
    accepts: ["target-encrypted", "CKV_AWS_378"],
    resources: ["api-grpc", "api-rest"],
    environments: "all",
    reason:
      "TLS ends at the load balancer. Behind it are private subnets and the pods' NetworkPolicy, and Nitro instances encrypt what they send each other.",
    ...settled,
  },
  {
    accepts: ["alias-follows-health"],
    resources: ["api-name-a", "api-name-aaaa"],
    environments: ["prod"],
    reason:
      "The target is CloudFront, whose health Route 53 cannot evaluate. Failover happens behind it, at the name of the origin.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_260"],
    // As Checkov reads it in the rendered file, where a name holds neither dots nor slashes.
    resources: ["api-ingress-http-0-0-0-0-0"],
    environments: ["dev", "staging"],
    reason: "Port 80 answers with a redirect to 443 and nothing else.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_150"],
    resources: ["api"],
    environments: ["dev"],
    reason: "One command destroys dev, so nothing protects its load balancer from deletion.",
    ...settled,
  },
  {
    accepts: ["balancer-deletion-protected", "CKV_AWS_150"],
    resources: ["api"],
    environments: ["staging"],
    reason: "A destroy of staging keeps the data only, and a protected load balancer would stop it half-way.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_175", "CKV_AWS_192", "CKV2_AWS_76"],
    resources: ["api"],
    environments: "all",
    reason: rulesApart,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_175", "CKV_AWS_192"],
    resources: ["distribution"],
    environments: ["prod"],
    reason: rulesApart,
    ...settled,
  },
  {
    accepts: ["CKV2_AWS_47"],
    resources: ["api"],
    environments: ["prod"],
    reason: rulesApart,
    ...settled,
  },
  {
    accepts: ["CKV_AWS_86"],
    resources: ["api"],
    environments: ["prod"],
    reason:
      "CloudFront logs requests by CloudWatch's log delivery, the newer way, which Checkov does not read.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_374"],
    resources: ["api"],
    environments: ["prod"],
    reason: "Users may be anywhere; tokens decide who may use the API, not places.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_310"],
    resources: ["api"],
    environments: ["prod"],
    reason:
      "There is one origin by name: Route 53 moves that name to the other region, for clients and CloudFront alike.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_305"],
    resources: ["api"],
    environments: ["prod"],
    reason: "An API serves nothing at its root; it answers 404.",
    ...settled,
  },
  {
    accepts: ["CKV_AWS_259"],
    resources: ["api-headers"],
    environments: ["prod"],
    reason: "Strict transport security is set; Checkov 3.3.13 reads only the older form of the block.",
    ...settled,
  },
];
