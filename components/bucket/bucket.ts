import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, policyDocument, type Removal, type StatementInput } from "../core/index.ts";

export interface BucketArgs {
  /** What is kept in it; load balancers can only write to buckets without a customer key. */
  readonly purpose: "flow-logs" | "load-balancer-logs" | "audit" | "backup";
  /** Left out for `load-balancer-logs` only. */
  readonly keyArn?: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
}

/** A private, versioned, encrypted bucket with an end to everything in it. */
export class Bucket extends pulumi.ComponentResource {
  /** Waiting for either waits for the policy: who delivers here tries a write the moment it is told to. */
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:bucket:Bucket", name, {}, opts);
    const bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: args.removal === "remove" },
      { parent: this, ...dataOptions(args.removal) },
    );
    const policy = createGuards(name, bucket, args, this);
    createLifecycle(name, bucket, args, this);
    this.arn = pulumi.all([bucket.arn, policy.id]).apply(([arn]) => arn);
    this.name = policy.bucket;
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}

function createGuards(
  name: string,
  bucket: aws.s3.Bucket,
  args: BucketArgs,
  parent: Bucket,
): aws.s3.BucketPolicy {
  const block = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  new aws.s3.BucketVersioning(
    name,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
  const encryption = args.keyArn
    ? {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
        bucketKeyEnabled: true,
      }
    : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    { bucket: bucket.id, rules: [encryption] },
    { parent },
  );
  const statements = bucket.arn.apply((arn) => bucketStatements(arn, args));
  // S3 refuses two policy changes at once: the block first.
  return new aws.s3.BucketPolicy(
    name,
    { bucket: bucket.id, policy: policyDocument(statements) },
    { parent, dependsOn: [block] },
  );
}

/** TLS only, and the one service that delivers here, bound to this account. */
export function bucketStatements(
  arn: string,
  args: Pick<BucketArgs, "purpose" | "accountId" | "region">,
): StatementInput[] {
  const tlsOnly: StatementInput = {
    sid: "TlsOnly",
    effect: "Deny",
    principals: "*",
    actions: ["s3:*"],
    resources: [arn, `${arn}/*`],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
  if (args.purpose === "load-balancer-logs") return [tlsOnly, loadBalancerStatement(arn, args.accountId)];
  if (args.purpose === "audit") return [tlsOnly, ...trailStatements(arn, args)];
  if (args.purpose !== "flow-logs") return [tlsOnly];
  const conditions = {
    StringEquals: { "aws:SourceAccount": args.accountId },
    ArnLike: { "aws:SourceArn": `arn:aws:logs:${args.region}:${args.accountId}:*` },
  };
  const principals = { Service: ["delivery.logs.amazonaws.com"] };
  return [
    tlsOnly,
    {
      sid: "DeliveryWrite",
      principals,
      actions: ["s3:PutObject"],
      resources: [`${arn}/AWSLogs/${args.accountId}/*`],
      conditions,
    },
    { sid: "DeliveryCheck", principals, actions: ["s3:GetBucketAcl"], resources: [arn], conditions },
  ];
}

/** The service names no source in its requests; the account in the path, which it writes itself, is the bond. */
function loadBalancerStatement(arn: string, accountId: string): StatementInput {
  return {
    sid: "LoadBalancerWrite",
    principals: { Service: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
    actions: ["s3:PutObject"],
    resources: [`${arn}/*/AWSLogs/${accountId}/*`],
  };
}

/** Trails of this account in this region, and of no other: the service acts for whoever names the bucket. */
function trailStatements(arn: string, args: Pick<BucketArgs, "accountId" | "region">): StatementInput[] {
  const principals = { Service: ["cloudtrail.amazonaws.com"] };
  const trails = `arn:aws:cloudtrail:${args.region}:${args.accountId}:trail/*`;
  const conditions = { ArnLike: { "aws:SourceArn": trails } };
  return [
    { sid: "TrailCheck", principals, actions: ["s3:GetBucketAcl"], resources: [arn], conditions },
    {
      sid: "TrailWrite",
      principals,
      actions: ["s3:PutObject"],
      resources: [`${arn}/AWSLogs/${args.accountId}/*`],
      conditions,
    },
  ];
}

function createLifecycle(name: string, bucket: aws.s3.Bucket, args: BucketArgs, parent: Bucket): void {
  new aws.s3.BucketLifecycleConfiguration(
    name,
    {
      bucket: bucket.id,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: args.retentionDays },
          // A week to notice a deletion that was not meant.
          noncurrentVersionExpiration: { noncurrentDays: 7 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    { parent },
  );
}
