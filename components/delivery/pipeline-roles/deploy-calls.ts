/** What making, changing and removing a resource calls, by the type's token, beside what it reads (read-actions.ts). */
export type TypeActions = Readonly<Record<string, readonly string[]>>;

/**
 * Calls that services make in the name of who calls them. Reads of the same kind are in read-actions.ts.
 *
 * With a key of ours, a service makes a grant for itself, or a data key, when the resource is made; the role can do
 * neither without a service (see `keyStatements`).
 */
export const grantOnKey = ["kms:CreateGrant"] as const;

/** Secrets Manager, Amazon Managed Prometheus, AWS Backup and ElastiCache encrypt something at once. */
export const dataKey = [...grantOnKey, "kms:Decrypt", "kms:GenerateDataKey"] as const;

/** How WAF, MSK, ElastiCache, Cognito, flow logs and Prometheus send logs: a delivery, and a policy on its target. */
export const logDelivery = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
] as const;

/** EC2 takes tags in the call that makes something and asks for this right all the same. */
export const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"] as const;
