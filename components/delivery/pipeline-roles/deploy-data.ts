import { dataKey, grantOnKey, logDelivery, type TypeActions } from "./deploy-calls.ts";

const rdsTags = ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"] as const;
const cacheTags = ["elasticache:AddTagsToResource", "elasticache:RemoveTagsFromResource"] as const;
const kafkaTags = ["kafka:TagResource", "kafka:UntagResource"] as const;

/**
 * Stores: PostgreSQL, Valkey, Kafka, and the secrets of their masters. Sources: see deploy-network.ts; MSK's endpoints are
 * from AWS's policy AmazonMSKFullAccess, topics from the MSK guide ("Topic operations"). From memory is what the provider
 * calls for a blue/green update.
 */
export const dataActions: TypeActions = {
  "aws:appautoscaling/policy:Policy": [
    "application-autoscaling:DeleteScalingPolicy",
    "application-autoscaling:PutScalingPolicy",
    // Target tracking: its alarms are made in the name of who calls.
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
    "elasticache:CreateSnapshot", // The last one, when it is removed.
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
  // MSK's API for topics asks the brokers' rights of who calls it, not only its own.
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
  // With replicas, restores and blue/green updates, which are arguments and not types of their own.
  "aws:rds/instance:Instance": [
    "rds:CreateBlueGreenDeployment",
    "rds:CreateDBInstance",
    "rds:CreateDBInstanceReadReplica",
    "rds:CreateDBSnapshot", // The last one, when it is removed.
    "rds:DeleteBlueGreenDeployment",
    "rds:DeleteDBInstance",
    "rds:ModifyDBInstance",
    "rds:PromoteReadReplica",
    "rds:RebootDBInstance",
    "rds:RestoreDBInstanceToPointInTime",
    "rds:SwitchoverBlueGreenDeployment",
    // RDS makes the secret of the master's password in the name of who calls.
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
