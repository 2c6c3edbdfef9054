import { dataKey, grantOnKey, logDelivery, type TypeActions } from "./shared-actions.ts";

const backupTags = ["backup:TagResource", "backup:UntagResource"] as const;
const deliveryTags = ["logs:TagResource", "logs:UntagResource"] as const;

/**
 * Actions for what only some environment specs make, by choice. A deploy role has only the actions of the choices of its
 * spec, so the role of a small environment cannot turn off the trail of the account. Sources: see network-actions.ts. From
 * memory, because they have no schema: GuardDuty's features by UpdateDetector, Inspector, Shield, account-wide defaults of
 * EC2.
 */
export const choiceActions = {
  audit: {
    "aws:accessanalyzer/analyzer:Analyzer": [
      "access-analyzer:CreateAnalyzer",
      "access-analyzer:DeleteAnalyzer",
      "access-analyzer:TagResource",
      "access-analyzer:UntagResource",
      "access-analyzer:UpdateAnalyzer",
    ],
    "aws:cloudtrail/trail:Trail": [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
    ],
    "aws:cloudwatch/eventRule:EventRule": [
      "events:DeleteRule",
      "events:DisableRule",
      "events:EnableRule",
      "events:PutRule",
      "events:TagResource",
      "events:UntagResource",
    ],
    "aws:cloudwatch/eventTarget:EventTarget": ["events:PutTargets", "events:RemoveTargets"],
    "aws:ebs/defaultKmsKey:DefaultKmsKey": ["ec2:ModifyEbsDefaultKmsKeyId", "ec2:ResetEbsDefaultKmsKeyId"],
    "aws:ebs/encryptionByDefault:EncryptionByDefault": [
      "ec2:DisableEbsEncryptionByDefault",
      "ec2:EnableEbsEncryptionByDefault",
    ],
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": [
      "ec2:DisableSnapshotBlockPublicAccess",
      "ec2:EnableSnapshotBlockPublicAccess",
    ],
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": ["ec2:ModifyInstanceMetadataDefaults"],
    "aws:guardduty/detector:Detector": [
      "guardduty:CreateDetector",
      "guardduty:DeleteDetector",
      "guardduty:TagResource",
      "guardduty:UntagResource",
      "guardduty:UpdateDetector",
    ],
    "aws:guardduty/detectorFeature:DetectorFeature": ["guardduty:UpdateDetector"],
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": [
      "iam:DeleteAccountPasswordPolicy",
      "iam:UpdateAccountPasswordPolicy",
    ],
    "aws:inspector2/enabler:Enabler": ["inspector2:Disable", "inspector2:Enable"],
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": ["s3:PutAccountPublicAccessBlock"],
    "aws:securityhub/account:Account": [
      "securityhub:DisableSecurityHub",
      "securityhub:EnableSecurityHub",
      "securityhub:UpdateSecurityHubConfiguration",
    ],
    "aws:securityhub/standardsSubscription:StandardsSubscription": [
      "securityhub:BatchDisableStandards",
      "securityhub:BatchEnableStandards",
    ],
  },
  backups: {
    "aws:backup/plan:Plan": [
      "backup:CreateBackupPlan",
      "backup:DeleteBackupPlan",
      "backup:UpdateBackupPlan",
      ...backupTags,
    ],
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": [
      "backup:CreateRestoreTestingPlan",
      "backup:DeleteRestoreTestingPlan",
      "backup:UpdateRestoreTestingPlan",
      ...backupTags,
    ],
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": [
      "backup:CreateRestoreTestingSelection",
      "backup:DeleteRestoreTestingSelection",
      "backup:UpdateRestoreTestingSelection",
    ],
    "aws:backup/selection:Selection": ["backup:CreateBackupSelection", "backup:DeleteBackupSelection"],
    "aws:backup/vault:Vault": [
      "backup-storage:MountCapsule",
      "backup:CreateBackupVault",
      "backup:DeleteBackupVault",
      ...backupTags,
      ...dataKey,
      "kms:RetireGrant",
    ],
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": [
      "backup:DeleteBackupVaultLockConfiguration",
      "backup:PutBackupVaultLockConfiguration",
    ],
    "aws:backup/vaultPolicy:VaultPolicy": [
      "backup:DeleteBackupVaultAccessPolicy",
      "backup:PutBackupVaultAccessPolicy",
    ],
  },
  // CloudFront and CloudWatch both check permissions for the log delivery.
  distribution: {
    "aws:cloudfront/distribution:Distribution": [
      "cloudfront:CreateDistribution",
      "cloudfront:DeleteDistribution",
      "cloudfront:TagResource",
      "cloudfront:UntagResource",
      "cloudfront:UpdateDistribution",
    ],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
      "cloudfront:CreateResponseHeadersPolicy",
      "cloudfront:DeleteResponseHeadersPolicy",
      "cloudfront:UpdateResponseHeadersPolicy",
    ],
    "aws:cloudwatch/logDelivery:LogDelivery": [
      "logs:CreateDelivery",
      "logs:DeleteDelivery",
      "logs:UpdateDeliveryConfiguration",
      "s3:PutBucketPolicy",
      ...deliveryTags,
    ],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
      "logs:DeleteDeliveryDestination",
      "logs:PutDeliveryDestination",
      ...deliveryTags,
    ],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": [
      "cloudfront:AllowVendedLogDeliveryForResource",
      "logs:DeleteDeliverySource",
      "logs:PutDeliverySource",
      ...deliveryTags,
    ],
  },
  eventCopies: {
    "aws:msk/clusterPolicy:ClusterPolicy": ["kafka:DeleteClusterPolicy", "kafka:PutClusterPolicy"],
    "aws:msk/replicator:Replicator": [
      "ec2:CreateNetworkInterface",
      "kafka:CreateReplicator",
      "kafka:CreateReplicatorReference",
      "kafka:DeleteReplicator",
      "kafka:TagResource",
      "kafka:UntagResource",
      "kafka:UpdateReplicationInfo",
      ...logDelivery,
    ],
  },
  issuer: {
    "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": [
      "cognito-idp:SetLogDeliveryConfiguration",
      ...logDelivery,
    ],
    "aws:cognito/managedLoginBranding:ManagedLoginBranding": [
      "cognito-idp:CreateManagedLoginBranding",
      "cognito-idp:DeleteManagedLoginBranding",
      "cognito-idp:UpdateManagedLoginBranding",
    ],
    "aws:cognito/resourceServer:ResourceServer": [
      "cognito-idp:CreateResourceServer",
      "cognito-idp:DeleteResourceServer",
      "cognito-idp:UpdateResourceServer",
    ],
    "aws:cognito/riskConfiguration:RiskConfiguration": ["cognito-idp:SetRiskConfiguration"],
    "aws:cognito/userPool:UserPool": [
      "cognito-idp:AddCustomAttributes",
      "cognito-idp:CreateUserPool",
      "cognito-idp:DeleteUserPool",
      "cognito-idp:SetUserPoolMfaConfig",
      "cognito-idp:TagResource",
      "cognito-idp:UntagResource",
      "cognito-idp:UpdateUserPool",
    ],
    "aws:cognito/userPoolClient:UserPoolClient": [
      "cognito-idp:CreateUserPoolClient",
      "cognito-idp:DeleteUserPoolClient",
      "cognito-idp:UpdateUserPoolClient",
    ],
    "aws:cognito/userPoolDomain:UserPoolDomain": [
      "cognito-idp:CreateUserPoolDomain",
      "cognito-idp:DeleteUserPoolDomain",
      "cognito-idp:UpdateUserPoolDomain",
    ],
  },
  logArchive: {
    "aws:cloudwatch/logStream:LogStream": ["logs:CreateLogStream", "logs:DeleteLogStream"],
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": [
      "logs:DeleteSubscriptionFilter",
      "logs:PutSubscriptionFilter",
    ],
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
      "firehose:CreateDeliveryStream",
      "firehose:DeleteDeliveryStream",
      "firehose:StartDeliveryStreamEncryption",
      "firehose:StopDeliveryStreamEncryption",
      "firehose:TagDeliveryStream",
      "firehose:UntagDeliveryStream",
      "firehose:UpdateDestination",
      ...grantOnKey,
    ],
  },
  // The only content that the role reads: the provider reads back the value that it wrote.
  masterPassword: {
    "aws:secretsmanager/secretVersion:SecretVersion": [
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ],
  },
  publicAccessBlock: {
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": [
      "ec2:ModifyVpcBlockPublicAccessOptions",
    ],
  },
  shield: {
    "aws:shield/applicationLayerAutomaticResponse:ApplicationLayerAutomaticResponse": [
      "shield:DisableApplicationLayerAutomaticResponse",
      "shield:EnableApplicationLayerAutomaticResponse",
      "shield:UpdateApplicationLayerAutomaticResponse",
    ],
    "aws:shield/protection:Protection": [
      "shield:CreateProtection",
      "shield:DeleteProtection",
      "shield:TagResource",
      "shield:UntagResource",
    ],
    "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation": [
      "shield:AssociateHealthCheck",
      "shield:DisassociateHealthCheck",
    ],
  },
} as const satisfies Readonly<Record<string, TypeActions>>;

/** What an environment spec can choose to make in addition to what every environment makes. */
export type Choice = keyof typeof choiceActions;

/** Every choice, in the order of the table. */
export const choices = Object.keys(choiceActions) as readonly Choice[];
