import type { Mutation } from "../mutation.ts";

/** The block "log-archive", and the rule that asks for it. */
export const logArchiveMutations: readonly Mutation[] = [
  {
    what: "an archive contains errors only",
    file: "components/watch/log-archive/log-archive.ts",
    find: '      filterPattern: "",',
    replace: '      filterPattern: "ERROR",',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "every line of the log group goes to the stream, and from there to a bucket with the given retention",
    },
  },
  {
    what: "an archive is kept for a month",
    file: "components/watch/log-archive/log-archive.ts",
    find: '{ purpose: "log-archive", accountId, region, removal, keyArn, retentionDays },',
    replace: '{ purpose: "log-archive", accountId, region, removal, keyArn, retentionDays: 30 },',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "every line of the log group goes to the stream, and from there to a bucket with the given retention",
    },
  },
  {
    what: "lines in the stream are not encrypted with our key",
    file: "components/watch/log-archive/log-archive.ts",
    find: 'serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: args.keyArn },',
    replace: 'serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "stream, bucket and error log are encrypted with the given key, and files have their day in the name",
    },
  },
  {
    what: "Firehose of another account can assume the role",
    file: "components/watch/log-archive/log-archive.ts",
    find: 'trust("firehose.amazonaws.com", { StringEquals: { "sts:ExternalId": args.accountId } }),',
    replace: 'trust("firehose.amazonaws.com", {}),',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "each service assumes its own role for this account only, after the permissions exist",
    },
  },
  {
    what: "log groups of another account can assume the role",
    file: "components/watch/log-archive/log-archive.ts",
    find: "      ArnLike: {",
    replace: "      ArnNotLike: {",
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "each service assumes its own role for this account only, after the permissions exist",
    },
  },
  {
    what: "a role is used before its permissions exist",
    file: "components/watch/log-archive/log-archive.ts",
    find: "  return { ready: pulumi.all([role.arn, policy.id]).apply(([arn]) => arn) };",
    replace: "  return { ready: role.arn };",
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "each service assumes its own role for this account only, after the permissions exist",
    },
  },
  {
    what: "Firehose may write to every bucket",
    file: "components/watch/log-archive/statements.ts",
    find: "resources: [pulumi.interpolate`${bucketArn}/*`]",
    replace: 'resources: ["arn:aws:s3:::*/*", pulumi.interpolate`${bucketArn}/*`]',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "Firehose writes only to this bucket and error log, and CloudWatch only to this stream",
    },
  },
  {
    what: "missing input of an archive raises no alarm",
    file: "components/watch/log-archive/alarms.ts",
    find: '      missing: "breaching", // No data at all means that the archive does not work.',
    replace: '      missing: "notBreaching",',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "an archive that is late, gets no input, is throttled or fails has alarms",
    },
  },
  {
    what: "prod keeps no archive of the audit log of its cluster",
    file: "stacks/prod.ts",
    find: "    logArchiveDays: 400,",
    replace: "    logArchiveDays: 0,",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "prod breaks no rule that nobody has accepted",
    },
  },
  {
    what: "a subscription to some lines is taken for an archive of all",
    file: "policies/rules/watch/logs.ts",
    find: ' && text(one.inputs.filterPattern) === ""',
    replace: "",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "without all lines in it the audit log of the cluster is not kept as it must be",
    },
  },
  {
    what: "an archive of a month is taken for one of a year",
    file: "policies/rules/watch/logs.ts",
    find: 'rules.every((rule) => Number(read(rule, "expiration.days")) >= year)',
    replace: "true",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "without the year the audit log of the cluster is not kept as it must be",
    },
  },
];
