import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../alarms/index.ts";
import { policyDocument, serviceTrust } from "../core/index.ts";
import { copiedWithinMinutes, failureAlarm, ruleId } from "./alarms.ts";
import type { BucketArgs, CopyArgs } from "./args.ts";
import type { BucketCopy } from "./copy.ts";
import type { GuardedBucket } from "./guards.ts";
import { replicationStatements } from "./replication-statements.ts";

/**
 * Copies every new object within minutes.
 *
 * Delete markers are not copied: a deletion in the source, by mistake or to remove traces, deletes nothing in the copy.
 * Each bucket has its own lifecycle, so objects expire in both. Changes to a replica are not copied back
 * (`replicaModifications` is for two buckets that both get writes). Only S3 Batch Replication copies objects that are
 * older than the rule.
 *
 * The state bucket has a similar rule in tools/bootstrap, as commands, because it must exist before any program runs.
 * That rule does copy delete markers, because the copy replaces the state bucket as it is.
 */
export function createReplication(
  name: string,
  args: BucketArgs,
  source: GuardedBucket,
  to: CopyArgs & { readonly copy: BucketCopy },
  parent: pulumi.Resource,
): aws.s3.BucketReplicationConfig {
  const { role, policy } = createRole(name, args, source, to, parent);
  const minutes = { minutes: copiedWithinMinutes };
  const config = new aws.s3.BucketReplicationConfig(
    name,
    {
      bucket: source.bucket.id,
      role: role.arn,
      rules: [
        {
          id: ruleId,
          status: "Enabled",
          // With a filter the rule is version 2. Only version 2 has delete markers, metrics and replication time control.
          priority: 1,
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: to.copy.arn,
            encryptionConfiguration: { replicaKmsKeyId: to.keyArn },
            replicationTime: { status: "Enabled", time: minutes },
            metrics: { status: "Enabled", eventThreshold: minutes },
          },
        },
      ],
    },
    // S3 refuses a rule between buckets without versioning, and objects fail while the role lacks a permission.
    { parent, dependsOn: [source.versioning, to.copy.versioning, policy] },
  );
  const buckets = { source: source.bucket.bucket, copy: to.copy.name };
  createAlarms(name, [failureAlarm(buckets)], { topicArn: to.failureTopicArn }, parent);
  return config;
}

/** No source condition: S3 documents none for this role ("Setting up permissions for live replication"). */
function createRole(
  name: string,
  args: BucketArgs,
  source: GuardedBucket,
  to: CopyArgs & { readonly copy: BucketCopy },
  parent: pulumi.Resource,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    `${name}-replication`,
    { assumeRolePolicy: serviceTrust("s3.amazonaws.com") },
    { parent },
  );
  const known = pulumi.all([source.bucket.arn, to.copy.arn, args.keyArn ?? "", to.keyArn]);
  const statements = known.apply(([sourceArn, copyArn, sourceKeyArn, copyKeyArn]) =>
    replicationStatements(
      { arn: sourceArn, keyArn: sourceKeyArn, region: args.region },
      { arn: copyArn, keyArn: copyKeyArn, region: to.region },
      args.lock !== undefined,
    ),
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-replication`,
    { role: role.id, policy: policyDocument(statements) },
    { parent },
  );
  return { role, policy };
}
