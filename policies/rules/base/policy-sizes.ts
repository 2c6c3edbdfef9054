import { custom, overStack, type Plain, type Rule, text } from "../../kit/index.ts";

const role = "aws:iam/role:Role";
const inline = "aws:iam/rolePolicy:RolePolicy";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

interface Limit {
  readonly path: string;
  readonly most: number;
}

/**
 * The longest policy document that AWS takes. White space does not count in IAM, and the engine sends none.
 * IAM: "IAM and AWS STS quotas"; a trust policy may be longer after an increase, which an empty account has not. Others: "Amazon S3
 * bucket policies" (20 KB), "AWS KMS quotas" (32 KB), "Amazon SNS quotas" (30 KB), "CloudWatch Logs quotas" (5,120),
 * "Control access to VPC endpoints" (20,480).
 */
const limits: Readonly<Record<string, Limit>> = {
  [role]: { path: "assumeRolePolicy", most: 2_048 },
  "aws:iam/policy:Policy": { path: "policy", most: 6_144 },
  [inline]: { path: "policy", most: 10_240 },
  "aws:s3/bucketPolicy:BucketPolicy": { path: "policy", most: 20_480 },
  "aws:kms/key:Key": { path: "policy", most: 32_768 },
  "aws:kms/replicaKey:ReplicaKey": { path: "policy", most: 32_768 },
  "aws:sns/topicPolicy:TopicPolicy": { path: "policy", most: 30_720 },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { path: "policyDocument", most: 5_120 },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { path: "policy", most: 20_480 },
};

const types = Object.keys(limits) as [string, ...string[]];

/** Inline policies of one role, together; managed policies attached to it. */
const mostInline = 10_240;
const mostAttached = 10;

function length(inputs: Plain, path: string): number {
  return text(inputs[path]).replace(/\s/g, "").length;
}

const tooLong = JSON.stringify({ Statement: [{ Sid: "A".repeat(2_048) }] });
const half = JSON.stringify({ Statement: [{ Sid: "A".repeat(6_000) }] });

export const policySizeRules: readonly Rule[] = [
  custom({
    id: "policy-fits",
    controls: ["IAM-18"],
    severity: "high",
    types,
    missingIs: "right",
    whatToDo: "name fewer resources, or split the policy: AWS refuses a longer one",
    check: (inputs, _context, { type }) => {
      const limit = limits[type];
      if (limit === undefined) return [];
      const got = length(inputs, limit.path);
      return got > limit.most
        ? [`${limit.path}: got ${got} characters; allowed: ${limit.most} without white space`]
        : [];
    },
    pass: { assumeRolePolicy: "{}" },
    fail: { assumeRolePolicy: tooLong },
  }),
  overStack({
    id: "role-holds-its-policies",
    controls: ["IAM-18"],
    severity: "high",
    missingIs: "right",
    whatToDo: "move statements into managed policies, or join managed policies: AWS refuses more",
    check: (stack) =>
      stack.of(role).flatMap((resource) => {
        const own = (type: string) => stack.of(type).filter((one) => stack.linked(one, "role", resource));
        const characters = own(inline).reduce((sum, { inputs }) => sum + length(inputs, "policy"), 0);
        const attached = own(attachment).length;
        return [
          ...(characters > mostInline
            ? [`inline policies: got ${characters} characters; allowed: ${mostInline} together`]
            : []),
          ...(attached > mostAttached
            ? [`attached policies: got ${attached}; allowed: ${mostAttached}`]
            : []),
        ].map((message) => ({ resource, message }));
      }),
    pass: [
      { type: role, id: "role" },
      { type: inline, inputs: { role: "role", policy: half } },
    ],
    fail: [
      { type: role, id: "role" },
      { type: inline, inputs: { role: "role", policy: half } },
      { type: inline, inputs: { role: "role", policy: half } },
    ],
    missing: [{ type: role }],
  }),
];
