import type { OutputTable } from "./types.ts";

/** Resources that several families use. */
export const commonOutputs = {
  "random:index/randomId:RandomId": (r) => ({
    hex: r.hash,
    dec: String(Number.parseInt(r.hash, 16)),
    b64Url: Buffer.from(r.hash, "hex").toString("base64url"),
    b64Std: Buffer.from(r.hash, "hex").toString("base64"),
  }),
  "random:index/randomPassword:RandomPassword": (r) => ({ result: `planned-${r.hash}` }),
  "aws:cloudwatch/logGroup:LogGroup": (r) => ({ arn: r.arn("logs", `log-group:${r.id}`) }),
  "aws:kms/key:Key": (r) => ({ keyId: r.hash, arn: r.arn("kms", `key/${r.hash}`) }),
  "aws:sns/topic:Topic": (r) => ({
    arn: r.arn("sns", `${r.name}-${r.hash.slice(0, 7)}`),
    id: r.arn("sns", r.name),
  }),
  "aws:s3/bucket:Bucket": (r) => ({
    bucket: r.inputs.bucket ?? r.id,
    arn: `arn:aws:s3:::${String(r.inputs.bucket ?? r.id)}`,
    bucketDomainName: `${String(r.inputs.bucket ?? r.id)}.s3.amazonaws.com`,
  }),
  "aws:ec2/eip:Eip": () => ({ publicIp: "192.0.2.10" }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1, defaultVersion: 1 }),
  "aws:ec2/vpc:Vpc": (r) => ({
    defaultSecurityGroupId: `sg-0${r.hash}`,
    mainRouteTableId: `rtb-0${r.hash}`,
    defaultNetworkAclId: `acl-0${r.hash}`,
  }),
  "aws:rds/instance:Instance": (r) => ({
    identifier: r.inputs.identifier ?? r.id,
    address: `${String(r.inputs.identifier ?? r.name)}.${r.hash}.${r.region}.rds.amazonaws.com`,
    endpoint: `${String(r.inputs.identifier ?? r.name)}.${r.hash}.${r.region}.rds.amazonaws.com:5432`,
    port: 5432,
    resourceId: `db-${r.hash.toUpperCase()}`,
    arn: r.arn("rds", `db:${String(r.inputs.identifier ?? r.id)}`),
    engineVersionActual: `${String(r.inputs.engineVersion)}.4`,
    masterUserSecrets: [
      {
        secretArn: r.arn("secretsmanager", `secret:rds!db-${r.hash}`),
        secretStatus: "active",
        kmsKeyId: r.inputs.masterUserSecretKmsKeyId,
      },
    ],
  }),
  "aws:elasticache/replicationGroup:ReplicationGroup": (r) => ({
    id: r.inputs.replicationGroupId ?? r.id,
    arn: r.arn("elasticache", `replicationgroup:${String(r.inputs.replicationGroupId ?? r.id)}`),
    primaryEndpointAddress: `master.${String(r.inputs.replicationGroupId ?? r.id)}.${r.hash}.cache.amazonaws.com`,
    readerEndpointAddress: `replica.${String(r.inputs.replicationGroupId ?? r.id)}.${r.hash}.cache.amazonaws.com`,
    port: 6379,
    memberClusters: [`${String(r.inputs.replicationGroupId ?? r.id)}-001`],
  }),
  "aws:elasticache/user:User": (r) => ({ arn: r.arn("elasticache", `user:${String(r.inputs.userId)}`) }),
  "aws:msk/cluster:Cluster": (r) => ({
    arn: r.arn("kafka", `cluster/${String(r.inputs.clusterName)}/${uuidFrom(r.hash)}-1`),
    clusterUuid: `${uuidFrom(r.hash)}-1`,
    bootstrapBrokersSaslIam: [1, 2, 3]
      .map(
        (broker) =>
          `b-${broker}.${String(r.inputs.clusterName)}.${r.hash}.c1.kafka.${r.region}.amazonaws.com:9098`,
      )
      .join(","),
  }),
  "aws:msk/configuration:Configuration": (r) => ({
    latestRevision: 1,
    arn: r.arn("kafka", `configuration/${r.name}/${uuidFrom(r.hash)}-1`),
  }),
  "aws:msk/topic:Topic": (r) => ({ topicArn: r.arn("kafka", `topic/${String(r.inputs.name)}`) }),
  "aws:eks/addon:Addon": (r) => ({ arn: r.arn("eks", `addon/${String(r.inputs.addonName)}`) }),
  "aws:eks/nodeGroup:NodeGroup": (r) => ({
    resources: [
      { autoscalingGroups: [{ name: `eks-${r.name}-${r.hash}` }], remoteAccessSecurityGroupId: "" },
    ],
  }),
} satisfies OutputTable;

function uuidFrom(hash: string): string {
  return `${hash}-0000-4000-8000-${hash}0000`;
}
