import type { Mutation } from "../mutation.ts";

/** The audit trail, the account defaults and the detection of intrusions. */
export const auditMutations: readonly Mutation[] = [
  {
    what: "the trail records one region",
    file: "components/watch/audit/trail.ts",
    find: "isMultiRegionTrail: true",
    replace: "isMultiRegionTrail: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, validates its files and is searchable",
    },
  },
  {
    what: "the trail does not validate its files",
    file: "components/watch/audit/trail.ts",
    find: "enableLogFileValidation: true",
    replace: "enableLogFileValidation: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, validates its files and is searchable",
    },
  },
  {
    what: "the trail records nothing",
    file: "components/watch/audit/trail.ts",
    find: "enableLogging: true",
    replace: "enableLogging: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The trail records every region, is encrypted, validates its files and is searchable",
    },
  },
  {
    what: "writes to the copy of the trail are not recorded",
    file: "components/watch/audit/trail.ts",
    find: "...(copyArn ?",
    replace: "...(copyArn && false ?",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "A copy of the trail has the same retention, and writes to it are recorded too",
    },
  },
  {
    what: "a missing copy of the trail is accepted",
    file: "components/watch/audit/check.ts",
    find: "settings.trailCopied !== (trailCopy !== undefined)",
    replace: "!settings.trailCopied && trailCopy !== undefined",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "A copy that the settings require but the arguments lack is refused, and so is the opposite",
    },
  },
  {
    what: "a stopped copy of a bucket raises no alarm",
    file: "components/watch/audit/alarms.ts",
    find: ' || ($.eventName = "DeleteBucketReplication")',
    replace: "",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "An alarm reports a stopped copy of a bucket, because the alarms of the copy stop with it",
    },
  },
  {
    what: "volumes are not encrypted by default",
    file: "components/watch/audit/account-defaults.ts",
    find: "new aws.ebs.EncryptionByDefault(name, { enabled: true }",
    replace: "new aws.ebs.EncryptionByDefault(name, { enabled: false }",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The account defaults are encryption, no public access, and no version 1 of instance metadata",
    },
  },
  {
    what: "buckets of the account may be public",
    file: "components/watch/audit/account-defaults.ts",
    find: "restrictPublicBuckets: true",
    replace: "restrictPublicBuckets: false",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "The account defaults are encryption, no public access, and no version 1 of instance metadata",
    },
  },
  {
    what: "GuardDuty is off",
    file: "components/watch/audit/detection.ts",
    find: "{ enable: true, findingPublishingFrequency",
    replace: "{ enable: false, findingPublishingFrequency",
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "GuardDuty analyzes the cluster, its pods, the database, the buckets and the volumes",
    },
  },
  {
    what: "high findings reach no topic",
    file: "components/watch/audit/detection.ts",
    find: 'detail: { severity: [{ numeric: [">=", 7] }] },',
    replace: 'detail: { severity: [{ numeric: [">=", 9] }] },',
    caughtBy: {
      file: "components/watch/audit/audit.test.ts",
      test: "Only high findings reach the topic",
    },
  },
];
