import { dataKey, grantOnKey, logDelivery, type TypeActions } from "./shared-actions.ts";

const rdsTags = ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"] as const;
const cacheTags = ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource"] as const;
const kafkaTags = ["kafka:TagResource", "kafka:UntagResource"] as const;

/**
 * Stores: PostgreSQL, Valkey, Kafka, and the secrets of their master users. Sources: see network-actions.ts; MSK's
 * endpoints from AWS's policy AmazonMSKFullAccess, topics from the MSK guide ("Topic operations"). From memory: the calls
 * of the provider for a blue/green update.
 */
export const dataActions: TypeActions = {
  "aws:appautoscaling/policy:Policy": [
    "application-autoscaling:DeleteScalingPolicy",
    "application-autoscaling:PutScalingPolicy",
    // Target tracking makes its alarms with the permissions of its caller.
    "cloudwatch:DeleteAlarms",
    "cloudwatch:PutMetricAlarm",
  ],
  "aws:appautoscaling/target:Target": [
    "application-autoscaling:DeregisterScalableTarget",
    "application-autoscaling:RegisterScalableTarget",
    "application-autoscaling:TagResource",
    "application-autoscaling:UntagResource",
  ],
  "aws:elasticache/parameterGroup:ParameterGroup": [
    "elasticache:CreateCacheParameterGroup",
    "elasticache:DeleteCacheParameterGroup",
    "elasticache:ModifyCacheParameterGroup",
    "elasticache:ResetCacheParameterGroup",
    ...cacheTags,
  ],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    "elasticache:CreateReplicationGroup",
    "elasticache:CreateSnapshot", // The final snapshot at deletion.
    "elasticache:DecreaseReplicaCount",
    "elasticache:DeleteReplicationGroup",
    "elasticache:IncreaseReplicaCount",
    "elasticache:ModifyReplicationGroup",
    ...cacheTags,
    ...dataKey,
    "kms:Encrypt",
    ...logDelivery,
  ],
  "aws:elasticache/subnetGroup:SubnetGroup": [
    "elasticache:CreateCacheSubnetGroup",
    "elasticache:DeleteCacheSubnetGroup",
    "elasticache:ModifyCacheSubnetGroup",
    ...cacheTags,
  ],
  "aws:elasticache/user:User": [
    "elasticache:CreateUser",
    "elasticache:DeleteUser",
    "elasticache:ModifyUser",
    ...cacheTags,
  ],
  "aws:elasticache/userGroup:UserGroup": [
    "elasticache:CreateUserGroup",
    "elasticache:DeleteUserGroup",
    "elasticache:ModifyUserGroup",
    ...cacheTags,
  ],
  "aws:msk/cluster:Cluster": [
    "ec2:CreateTags",
    "ec2:CreateVpcEndpoint",
    "ec2:DeleteVpcEndpoints",
    "kafka:CreateCluster",
    "kafka:CreateClusterV2",
    "kafka:DeleteCluster",
    "kafka:UpdateBrokerCount",
    "kafka:UpdateBrokerStorage",
    "kafka:UpdateBrokerType",
    "kafka:UpdateClusterConfiguration",
    "kafka:UpdateClusterKafkaVersion",
    "kafka:UpdateConnectivity",
    "kafka:UpdateMonitoring",
    "kafka:UpdateRebalancing",
    "kafka:UpdateSecurity",
    "kafka:UpdateStorage",
    ...kafkaTags,
    ...grantOnKey,
    ...logDelivery,
  ],
  "aws:msk/configuration:Configuration": [
    "kafka:CreateConfiguration",
    "kafka:DeleteConfiguration",
    "kafka:UpdateConfiguration",
  ],
  // MSK's API for topics also requires the caller's permissions on the brokers.
  "aws:msk/topic:Topic": [
    "kafka-cluster:AlterTopic",
    "kafka-cluster:AlterTopicDynamicConfiguration",
    "kafka-cluster:Connect",
    "kafka-cluster:CreateTopic",
    "kafka-cluster:DeleteTopic",
    "kafka:CreateTopic",
    "kafka:DeleteTopic",
    "kafka:UpdateTopic",
  ],
  "aws:rds/eventSubscription:EventSubscription": [
    "rds:AddSourceIdentifierToSubscription",
    "rds:CreateEventSubscription",
    "rds:DeleteEventSubscription",
    "rds:ModifyEventSubscription",
    "rds:RemoveSourceIdentifierFromSubscription",
    ...rdsTags,
  ],
  // Includes replicas, restores and blue/green updates, which are arguments and not separate types.
  "aws:rds/instance:Instance": [
    "rds:CreateBlueGreenDeployment",
    "rds:CreateDBInstance",
    "rds:CreateDBInstanceReadReplica",
    "rds:CreateDBSnapshot", // The final snapshot at deletion.
    "rds:DeleteBlueGreenDeployment",
    "rds:DeleteDBInstance",
    "rds:ModifyDBInstance",
    "rds:PromoteReadReplica",
    "rds:RebootDBInstance",
    "rds:RestoreDBInstanceToPointInTime",
    "rds:SwitchoverBlueGreenDeployment",
    // RDS makes the secret of the master password with the permissions of its caller.
    "secretsmanager:CreateSecret",
    "secretsmanager:TagResource",
    ...rdsTags,
    ...dataKey,
  ],
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": [
    "rds:StartDBInstanceAutomatedBackupsReplication",
    "rds:StopDBInstanceAutomatedBackupsReplication",
    ...grantOnKey,
  ],
  "aws:rds/parameterGroup:ParameterGroup": [
    "rds:CreateDBParameterGroup",
    "rds:DeleteDBParameterGroup",
    "rds:ModifyDBParameterGroup",
    "rds:ResetDBParameterGroup",
    ...rdsTags,
  ],
  "aws:rds/subnetGroup:SubnetGroup": [
    "rds:CreateDBSubnetGroup",
    "rds:DeleteDBSubnetGroup",
    "rds:ModifyDBSubnetGroup",
    ...rdsTags,
  ],
  "aws:secretsmanager/secret:Secret": [
    "secretsmanager:CreateSecret",
    "secretsmanager:DeleteSecret",
    "secretsmanager:RemoveRegionsFromReplication",
    "secretsmanager:ReplicateSecretToRegions",
    "secretsmanager:TagResource",
    "secretsmanager:UntagResource",
    "secretsmanager:UpdateSecret",
    ...dataKey,
  ],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [
    "secretsmanager:DeleteResourcePolicy",
    "secretsmanager:PutResourcePolicy",
  ],
  "aws:secretsmanager/secretRotation:SecretRotation": [
    "secretsmanager:CancelRotateSecret",
    "secretsmanager:RotateSecret",
  ],
};
