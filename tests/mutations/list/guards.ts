import type { Mutation } from "../mutation.ts";

/** What every block leans on: documents, removal, keys, buckets and secrets. */
export const guardsMutations: readonly Mutation[] = [
  {
    what: "stores are not kept by a destroy",
    file: "components/base/core/removal.ts",
    find: "return { protect: kept, retainOnDelete: kept };",
    replace: "return { protect: kept, retainOnDelete: false };",
    caughtBy: {
      file: "components/base/core/core.test.ts",
      test: 'removal retain-data means {"protect":true,"retainOnDelete":true} for data and {"protect":false,"retainOnDelete":false} for foundations',
    },
  },
  {
    what: "foundations are not protected",
    file: "components/base/core/removal.ts",
    find: 'protect: removal === "retain-all"',
    replace: "protect: false",
    caughtBy: {
      file: "components/base/core/core.test.ts",
      test: 'removal retain-all means {"protect":true,"retainOnDelete":true} for data and {"protect":true,"retainOnDelete":false} for foundations',
    },
  },
  {
    what: "keys are not rotated",
    file: "components/base/keys/keys.ts",
    find: "enableKeyRotation: true",
    replace: "enableKeyRotation: false",
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "each kind of data has a key of its own, which turns every year, under a name of its environment",
    },
  },
  {
    what: "a deleted key is gone after a week",
    file: "components/base/keys/keys.ts",
    find: "deletionWindowInDays: args.deletionDays",
    replace: "deletionWindowInDays: 7",
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "each kind of data has a key of its own, which turns every year, under a name of its environment",
    },
  },
  {
    what: "logs of other accounts use the key",
    file: "components/base/keys/key-policy.ts",
    find: "}:log-group:*`",
    replace: "}*:log-group:*`",
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "CloudWatch uses the log key for log groups of this account and region only",
    },
  },
  {
    what: "every account administers the keys",
    file: "components/base/keys/key-policy.ts",
    find: "}:root`] },",
    replace: '}:root`, "*"] },',
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "every policy leaves the account in charge, and lets nobody in without a bound",
    },
  },
  {
    what: "a bucket may be opened to the public by a policy",
    file: "components/base/bucket/guards.ts",
    find: "blockPublicPolicy: true",
    replace: "blockPublicPolicy: false",
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "a bucket is closed to the public four times over and knows no access lists",
    },
  },
  {
    what: "buckets keep no versions",
    file: "components/base/bucket/guards.ts",
    find: 'versioningConfiguration: { status: "Enabled" }',
    replace: 'versioningConfiguration: { status: "Suspended" }',
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "what is in it is versioned, encrypted with the given key, and comes to an end",
    },
  },
  {
    what: "buckets answer without TLS",
    file: "components/base/bucket/statements.ts",
    find: '"aws:SecureTransport": "false"',
    replace: '"aws:SecureTransport": "true"',
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "nobody reads or writes without TLS, and only log delivery of this account writes flow logs",
    },
  },
  {
    what: "buckets are not encrypted with our key",
    file: "components/base/bucket/guards.ts",
    find: 'sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn',
    replace: 'sseAlgorithm: "AES256"',
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "what is in it is versioned, encrypted with the given key, and comes to an end",
    },
  },
  {
    what: "logs of any account come into the bucket",
    file: "components/base/bucket/statements.ts",
    find: '    StringEquals: { "aws:SourceAccount": args.accountId },',
    replace: "",
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "nobody reads or writes without TLS, and only log delivery of this account writes flow logs",
    },
  },
  {
    what: "every account's S3 takes the role that copies",
    file: "components/base/bucket/replication.ts",
    find: 'serviceTrust("s3.amazonaws.com", args.accountId)',
    replace: 'serviceTrust("s3.amazonaws.com")',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "the role is S3's, for this account only, and can do nothing but copy from the one bucket to the other",
    },
  },
  {
    what: "who copies opens the keys for anything else too",
    file: "components/base/bucket/replication-statements.ts",
    find: '"kms:ViaService": ',
    replace: '"kms:CallerAccount": ',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "the role is S3's, for this account only, and can do nothing but copy from the one bucket to the other",
    },
  },
  {
    what: "encrypted objects are not copied",
    file: "components/base/bucket/replication.ts",
    find: 'sseKmsEncryptedObjects: { status: "Enabled" }',
    replace: 'sseKmsEncryptedObjects: { status: "Disabled" }',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "everything is copied within a promised time, encrypted with a key of the other region",
    },
  },
  {
    what: "a deletion is copied",
    file: "components/base/bucket/replication.ts",
    find: 'deleteMarkerReplication: { status: "Disabled" }',
    replace: 'deleteMarkerReplication: { status: "Enabled" }',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "everything is copied within a promised time, encrypted with a key of the other region",
    },
  },
  {
    what: "nobody promises when an object is copied",
    file: "components/base/bucket/replication.ts",
    find: 'replicationTime: { status: "Enabled", time: minutes },',
    replace: "",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "everything is copied within a promised time, encrypted with a key of the other region",
    },
  },
  {
    what: "a copy that failed is not told",
    file: "components/base/bucket/replication.ts",
    find: "  createAlarms(name, [failureSpec(ends)], { topicArn: to.failureTopicArn }, parent);",
    replace: "",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "failures are told at home and delays over there, where S3 counts them",
    },
  },
  {
    what: "a locked bucket locks nothing",
    file: "components/base/bucket/guards.ts",
    find: "rule: { defaultRetention: { mode, days: retentionDays } }",
    replace: "rule: undefined",
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "nobody deletes from a locked bucket before the retention is over, and its first writer finds the lock",
    },
  },
  {
    what: "the copy of a locked bucket is not locked",
    file: "components/base/bucket/bucket.ts",
    find: "...(args.lock ? { lock: args.lock } : {}),",
    replace: "",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "what is locked at home is locked in the copy, and the role may read the lock",
    },
  },
  {
    what: "a copy may end before the original",
    file: "components/base/bucket/check-args.ts",
    find: "copy.retentionDays < args.retentionDays",
    replace: "copy.retentionDays < 1",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "a copy beside the original, of a bucket without a key, and one that ends first are refused together",
    },
  },
  {
    what: "another account reads the secrets",
    file: "components/base/secrets/secret-policy.ts",
    find: 'StringNotEquals: { "aws:PrincipalAccount": accountId }',
    replace: 'StringEquals: { "aws:PrincipalAccount": accountId }',
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "Nothing reads a secret in the clear, from another account, or with a role that is not named",
    },
  },
  {
    what: "secrets are not copied to the recovery region",
    file: "components/base/secrets/secrets.ts",
    find: "      ...(replica ? { replicas: [{ region: replica.region, kmsKeyId: replica.keyArn }] } : {}),",
    replace: "",
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "A secret has a fixed name, a key of each region it is in, and a month in which its deletion can be undone",
    },
  },
  {
    what: "a policy of a secret may be public",
    file: "components/base/secrets/secrets.ts",
    find: "blockPublicPolicy: true",
    replace: "blockPublicPolicy: false",
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "Nothing reads a secret in the clear, from another account, or with a role that is not named",
    },
  },
];
