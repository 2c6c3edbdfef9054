import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../alarms/index.ts";
import { policyDocument, serviceTrust } from "../core/index.ts";
import { copiedWithinMinutes, failureSpec, ruleId } from "./alarm-specs.ts";
import type { BucketArgs, CopyArgs } from "./args.ts";
import type { BucketCopy } from "./copy.ts";
import type { GuardedBucket } from "./guards.ts";
import { replicationStatements } from "./replication-statements.ts";

/**
 * Copies every new object within minutes.
 *
 * Delete markers are not copied: who deletes at home, by mistake or to leave no traces, does not delete here. Both ends
 * have a lifecycle of their own, so nothing stays for ever. Changes to a replica do not come back (`replicaModifications`
 * is for two buckets that are both written to). What was there before the rule is copied by S3 Batch Replication only.
 *
 * The bucket of the state has a rule like it in tools/bootstrap, as commands: it is there before any program can run,
 * and it does copy delete markers, because its copy takes over as it is.
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
          // With a filter S3 reads the rule as version 2, which alone knows delete markers, metrics and promised times.
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
    // S3 refuses a rule between buckets without versions, and marks objects as failed while the role lacks a right.
    { parent, dependsOn: [source.versioning, to.copy.versioning, policy] },
  );
  const ends = { source: source.bucket.bucket, copy: to.copy.name };
  createAlarms(name, [failureSpec(ends)], { topicArn: to.failureTopicArn }, parent);
  return config;
}

function createRole(
  name: string,
  args: BucketArgs,
  source: GuardedBucket,
  to: CopyArgs & { readonly copy: BucketCopy },
  parent: pulumi.Resource,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    `${name}-replication`,
    { assumeRolePolicy: serviceTrust("s3.amazonaws.com", args.accountId) },
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
