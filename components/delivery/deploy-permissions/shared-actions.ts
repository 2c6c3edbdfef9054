/** Actions that making, changing and removing a resource needs, by type token. Reads are in the block read-permissions. */
export type TypeActions = Readonly<Record<string, readonly string[]>>;

/**
 * Some services use the permissions of their caller. When a resource with our key is made, the service makes a grant for
 * itself, or a data key. The deploy role may do both only through a service: see `serviceStatements`.
 */
export const grantOnKey = ["kms:CreateGrant"] as const;

/** Secrets Manager, Amazon Managed Prometheus, AWS Backup and ElastiCache encrypt data at creation. */
export const dataKey = [...grantOnKey, "kms:Decrypt", "kms:GenerateDataKey"] as const;

/** WAF, MSK, ElastiCache, Cognito, flow logs and Prometheus send logs by a delivery and a policy on its target. */
export const logDelivery = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
] as const;

/** EC2 requires these even for tags in the call that makes the resource. */
export const ec2Tags = ["ec2:CreateTags", "ec2:DeleteTags"] as const;
