import type { Mutation } from "../mutation.ts";

/** What all blocks use: policy documents, removal, keys, buckets and secrets. */
export const guardsMutations: readonly Mutation[] = [
  {
    what: "a destroy does not keep the stores",
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
      test: "each kind of data has its own key, rotated every year, with an alias of the environment",
    },
  },
  {
    what: "a deleted key is lost after one week",
    file: "components/base/keys/keys.ts",
    find: "deletionWindowInDays: args.deletionDays",
    replace: "deletionWindowInDays: 7",
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "each kind of data has its own key, rotated every year, with an alias of the environment",
    },
  },
  {
    what: "logs of other accounts use the key",
    file: "components/base/keys/key-policy.ts",
    find: "}:log-group:*`",
    replace: "}*:log-group:*`",
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "CloudWatch Logs uses the key only for log groups of this account and region",
    },
  },
  {
    what: "every account administers the keys",
    file: "components/base/keys/key-policy.ts",
    find: "AWS: [`arn:aws:iam::${accountId}:root`]",
    replace: 'AWS: [`arn:aws:iam::${accountId}:root`, "*"]',
    caughtBy: {
      file: "components/base/keys/keys.test.ts",
      test: "every policy lets the account administer the key, and every other grant has a condition",
    },
  },
  {
    what: "a bucket may be opened to the public by a policy",
    file: "components/base/bucket/guards.ts",
    find: "blockPublicPolicy: true",
    replace: "blockPublicPolicy: false",
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "a bucket is private, versioned, encrypted with the given key, and everything in it expires",
    },
  },
  {
    what: "buckets have no versioning",
    file: "components/base/bucket/guards.ts",
    find: 'versioningConfiguration: { status: "Enabled" }',
    replace: 'versioningConfiguration: { status: "Suspended" }',
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "a bucket is private, versioned, encrypted with the given key, and everything in it expires",
    },
  },
  {
    what: "buckets accept requests without TLS",
    file: "components/base/core/policy-document.ts",
    find: '"aws:SecureTransport": "false"',
    replace: '"aws:SecureTransport": "true"',
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "every request needs TLS, and only log delivery of this account writes flow logs",
    },
  },
  {
    what: "buckets are not encrypted with our key",
    file: "components/base/bucket/guards.ts",
    find: 'sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn',
    replace: 'sseAlgorithm: "AES256"',
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "a bucket is private, versioned, encrypted with the given key, and everything in it expires",
    },
  },
  {
    what: "any account writes logs to the bucket",
    file: "components/base/bucket/statements.ts",
    find: '    StringEquals: { "aws:SourceAccount": args.accountId },',
    replace: "",
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "every request needs TLS, and only log delivery of this account writes flow logs",
    },
  },
  {
    what: "S3 in every account takes the replication role",
    file: "components/base/bucket/replication.ts",
    find: 'serviceTrust("s3.amazonaws.com", args.accountId)',
    replace: 'serviceTrust("s3.amazonaws.com")',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "only S3 in this account takes the role, which can only copy from the source to the copy",
    },
  },
  {
    what: "the replication role may use the keys outside S3 too",
    file: "components/base/bucket/replication-statements.ts",
    find: '"kms:ViaService": ',
    replace: '"kms:CallerAccount": ',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "only S3 in this account takes the role, which can only copy from the source to the copy",
    },
  },
  {
    what: "encrypted objects are not copied",
    file: "components/base/bucket/replication.ts",
    find: 'sseKmsEncryptedObjects: { status: "Enabled" }',
    replace: 'sseKmsEncryptedObjects: { status: "Disabled" }',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "everything is copied within the promised time, encrypted with a key of the other region",
    },
  },
  {
    what: "a deletion is copied",
    file: "components/base/bucket/replication.ts",
    find: 'deleteMarkerReplication: { status: "Disabled" }',
    replace: 'deleteMarkerReplication: { status: "Enabled" }',
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "everything is copied within the promised time, encrypted with a key of the other region",
    },
  },
  {
    what: "the copies have no time limit",
    file: "components/base/bucket/replication.ts",
    find: 'replicationTime: { status: "Enabled", time: minutes },',
    replace: "",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "everything is copied within the promised time, encrypted with a key of the other region",
    },
  },
  {
    what: "a failed copy fires no alarm",
    file: "components/base/bucket/replication.ts",
    find: "  createAlarms(name, [failureAlarm(buckets)], { topicArn: to.failureTopicArn }, parent);",
    replace: "",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "failures alarm in the region of the source and delays in the region of the copy, where S3 measures them",
    },
  },
  {
    what: "a locked bucket locks nothing",
    file: "components/base/bucket/guards.ts",
    find: "rule: { defaultRetention: { mode, days: retentionDays } }",
    replace: "rule: undefined",
    caughtBy: {
      file: "components/base/bucket/bucket.test.ts",
      test: "a compliance lock lasts as long as the retention and is there before the first object",
    },
  },
  {
    what: "the copy of a locked bucket is not locked",
    file: "components/base/bucket/bucket.ts",
    find: "...(args.lock ? { lock: args.lock } : {}),",
    replace: "",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "the copy of a locked bucket is locked too, and the role may read the lock",
    },
  },
  {
    what: "a copy may expire before its source",
    file: "components/base/bucket/check.ts",
    find: "isWhole(copy.retentionDays, args.retentionDays)",
    replace: "isWhole(copy.retentionDays, 1)",
    caughtBy: {
      file: "components/base/bucket/copy.test.ts",
      test: "a copy in the same region, of a bucket without a key, or with a shorter retention is refused",
    },
  },
  {
    what: "another account reads the secrets",
    file: "components/base/secrets/secret-policy.ts",
    find: 'StringNotEquals: { "aws:PrincipalAccount": accountId }',
    replace: 'StringEquals: { "aws:PrincipalAccount": accountId }',
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "A secret cannot be read without TLS, from another account, or by a role that is not named",
    },
  },
  {
    what: "secrets are not copied to the recovery region",
    file: "components/base/secrets/secrets.ts",
    find: "      ...(replica ? { replicas: [{ region: replica.region, kmsKeyId: replica.keyArn }] } : {}),",
    replace: "",
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "A secret has a fixed name, a key in each of its regions, and 30 days in which a deletion can be undone",
    },
  },
  {
    what: "a policy of a secret may be public",
    file: "components/base/secrets/secrets.ts",
    find: "blockPublicPolicy: true",
    replace: "blockPublicPolicy: false",
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "A secret cannot be read without TLS, from another account, or by a role that is not named",
    },
  },
];
