import { nameOf, type OutputTable, uuidOf } from "./table.ts";

/** Resources that several blocks use: keys, logs, alarms, SNS topics, secrets, buckets and image repositories. */
export const commonOutputs = {
  "aws:kms/key:Key": (r) => {
    const keyId = uuidOf(r);
    return { id: keyId, keyId, arn: r.arn("kms", `key/${keyId}`) };
  },
  "aws:kms/alias:Alias": (r) => ({
    id: String(r.inputs.name),
    arn: r.arn("kms", String(r.inputs.name)),
    targetKeyArn: r.inputs.targetKeyId,
  }),
  "aws:cloudwatch/logGroup:LogGroup": (r) => {
    const prefix = r.inputs.namePrefix;
    const id = typeof prefix === "string" ? `${prefix}${r.hash}` : r.id;
    return { id, name: id, arn: r.arn("logs", `log-group:${id}`) };
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": (r) => ({ arn: r.arn("cloudwatch", `alarm:${r.id}`) }),
  // The service of managed Prometheus is `amp` in the provider and `aps` in ARNs.
  "aws:amp/workspace:Workspace": (r) => {
    const id = `ws-${uuidOf(r)}`;
    return { id, arn: r.arn("aps", `workspace/${id}`) };
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (r) => {
    const name = nameOf(r);
    const arn = r.arn("firehose", `deliverystream/${name}`);
    return { id: arn, arn, name };
  },
  "aws:sns/topic:Topic": (r) => {
    const name = nameOf(r);
    const arn = r.arn("sns", name);
    return { id: arn, arn, name };
  },
  "aws:secretsmanager/secret:Secret": (r) => {
    const prefix = r.inputs.namePrefix;
    const name = typeof prefix === "string" ? `${prefix}${r.hash}` : nameOf(r);
    const arn = r.arn("secretsmanager", `secret:${name}-${r.hash.slice(0, 6)}`);
    return { id: arn, arn, name };
  },
  "aws:s3/bucket:Bucket": (r) => {
    const bucket = nameOf(r, "bucket");
    return {
      id: bucket,
      bucket,
      arn: `arn:aws:s3:::${bucket}`,
      bucketDomainName: `${bucket}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${bucket}.s3.${r.region}.amazonaws.com`,
    };
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": (r) => ({ id: String(r.inputs.secretArn) }),
  "aws:secretsmanager/secretRotation:SecretRotation": (r) => ({
    id: String(r.inputs.secretId),
    rotationEnabled: true,
  }),
  "aws:ecr/repository:Repository": (r) => {
    const name = nameOf(r);
    return {
      id: name,
      name,
      arn: r.arn("ecr", `repository/${name}`),
      registryId: r.accountId,
      repositoryUrl: `${r.accountId}.dkr.ecr.${r.region}.amazonaws.com/${name}`,
    };
  },
} satisfies OutputTable;
