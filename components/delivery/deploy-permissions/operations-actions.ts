import { dataKey, logDelivery, type TypeActions } from "./shared-actions.ts";

const logTags = ["logs:TagResource", "logs:UntagResource"] as const;
const metricTags = ["aps:TagResource", "aps:UntagResource"] as const;
const costTags = ["ce:TagResource", "ce:UntagResource"] as const;

/**
 * Keys, buckets, logs, alarms, metrics and cost. Sources: see network-actions.ts. From memory: the S3 actions of types that
 * CloudFormation has only as arguments of a bucket.
 */
export const operationsActions: TypeActions = {
  "aws:amp/alertManagerDefinition:AlertManagerDefinition": [
    "aps:CreateAlertManagerDefinition",
    "aps:DeleteAlertManagerDefinition",
    "aps:PutAlertManagerDefinition",
  ],
  "aws:amp/ruleGroupNamespace:RuleGroupNamespace": [
    "aps:CreateRuleGroupsNamespace",
    "aps:DeleteRuleGroupsNamespace",
    "aps:PutRuleGroupsNamespace",
    ...metricTags,
  ],
  // The scraper gets access to the cluster with the permissions of its caller.
  "aws:amp/scraper:Scraper": [
    "aps:CreateScraper",
    "aps:DeleteScraper",
    "aps:UpdateScraper",
    "eks:AssociateAccessPolicy",
    "eks:CreateAccessEntry",
    ...metricTags,
  ],
  "aws:amp/workspace:Workspace": [
    "aps:CreateLoggingConfiguration",
    "aps:CreateWorkspace",
    "aps:DeleteLoggingConfiguration",
    "aps:DeleteWorkspace",
    "aps:UpdateLoggingConfiguration",
    "aps:UpdateWorkspaceAlias",
    ...metricTags,
    ...dataKey,
    ...logDelivery,
  ],
  "aws:amp/workspaceConfiguration:WorkspaceConfiguration": ["aps:UpdateWorkspaceConfiguration"],
  "aws:budgets/budget:Budget": ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
  "aws:cloudwatch/dashboard:Dashboard": ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
  "aws:cloudwatch/logGroup:LogGroup": [
    "logs:AssociateKmsKey",
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DeleteRetentionPolicy",
    "logs:DisassociateKmsKey",
    "logs:PutLogGroupDeletionProtection",
    "logs:PutRetentionPolicy",
    ...logTags,
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["logs:DeleteMetricFilter", "logs:PutMetricFilter"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": [
    "logs:DeleteResourcePolicy",
    "logs:PutResourcePolicy",
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "cloudwatch:DeleteAlarms",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:TagResource",
    "cloudwatch:UntagResource",
  ],
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": [
    "ce:CreateAnomalyMonitor",
    "ce:DeleteAnomalyMonitor",
    "ce:UpdateAnomalyMonitor",
    ...costTags,
  ],
  "aws:costexplorer/anomalySubscription:AnomalySubscription": [
    "ce:CreateAnomalySubscription",
    "ce:DeleteAnomalySubscription",
    "ce:UpdateAnomalySubscription",
    ...costTags,
  ],
  "aws:kms/alias:Alias": ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
  // No DisableKey: the program disables no key. A person can cancel a scheduled deletion with CancelKeyDeletion.
  "aws:kms/key:Key": [
    "kms:CreateKey",
    "kms:DisableKeyRotation",
    "kms:EnableKeyRotation",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateKeyDescription",
  ],
  // The provider tags with S3's general calls and falls back to the calls for buckets.
  "aws:s3/bucket:Bucket": [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketTagging",
    "s3:PutBucketVersioning",
    "s3:TagResource",
    "s3:UntagResource",
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["s3:PutLifecycleConfiguration"],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    "s3:PutBucketObjectLockConfiguration",
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["s3:PutBucketOwnershipControls"],
  "aws:s3/bucketPolicy:BucketPolicy": ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["s3:PutBucketPublicAccessBlock"],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ["s3:PutReplicationConfiguration"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "s3:PutEncryptionConfiguration",
  ],
  "aws:s3/bucketVersioning:BucketVersioning": ["s3:PutBucketVersioning"],
  "aws:sns/topic:Topic": [
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:SetTopicAttributes",
    "sns:TagResource",
    "sns:UntagResource",
  ],
  "aws:sns/topicPolicy:TopicPolicy": ["sns:SetTopicAttributes"],
  "aws:sns/topicSubscription:TopicSubscription": [
    "sns:SetSubscriptionAttributes",
    "sns:Subscribe",
    "sns:Unsubscribe",
  ],
};
