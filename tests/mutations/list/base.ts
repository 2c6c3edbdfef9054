import type { Mutation } from "../mutation.ts";

/** What all blocks share. */
export const baseMutations: readonly Mutation[] = [
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
    what: "alerts are not encrypted with our key",
    file: "components/base/alerts/topic.ts",
    find: "{ kmsMasterKeyId: keyArn }",
    replace: "{}",
    caughtBy: {
      file: "components/base/alerts/alerts.test.ts",
      test: "the page topic is encrypted, and only services publish to it, over TLS and bound to this account where they can be",
    },
  },
  {
    what: "alarms are sent to nobody",
    file: "components/base/alarms/alarms.ts",
    find: "    alarmActions: [args.topicArn],",
    replace: "    alarmActions: [],",
    caughtBy: {
      file: "components/base/alarms/alarms.test.ts",
      test: "An alarm sends its start and its end to the topic, and defines what missing data means",
    },
  },
];
