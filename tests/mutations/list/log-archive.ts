import type { Mutation } from "../mutation.ts";

/** The block "log-archive", and the rule that asks for it. */
export const logArchiveMutations: readonly Mutation[] = [
  {
    what: "an archive takes errors only",
    file: "components/watch/log-archive/log-archive.ts",
    find: '      filterPattern: "",',
    replace: '      filterPattern: "ERROR",',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "every line of the group goes to the stream, and from there to a bucket that keeps it for the days given",
    },
  },
  {
    what: "an archive is kept a month",
    file: "components/watch/log-archive/log-archive.ts",
    find: '{ purpose: "log-archive", accountId, region, removal, keyArn, retentionDays },',
    replace: '{ purpose: "log-archive", accountId, region, removal, keyArn, retentionDays: 30 },',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "every line of the group goes to the stream, and from there to a bucket that keeps it for the days given",
    },
  },
  {
    what: "lines wait in the stream without our key",
    file: "components/watch/log-archive/log-archive.ts",
    find: 'serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: args.keyArn },',
    replace: 'serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "stream, bucket and error log are encrypted with the key given, and files are found by their day",
    },
  },
  {
    what: "Firehose of another account may take the role",
    file: "components/watch/log-archive/log-archive.ts",
    find: 'trust("firehose.amazonaws.com", { StringEquals: { "sts:ExternalId": args.accountId } }),',
    replace: 'trust("firehose.amazonaws.com", {}),',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "each service takes its own role for this account only, once its rights are there",
    },
  },
  {
    what: "log groups of another account may take the role",
    file: "components/watch/log-archive/log-archive.ts",
    find: "      ArnLike: {",
    replace: "      ArnNotLike: {",
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "each service takes its own role for this account only, once its rights are there",
    },
  },
  {
    what: "a role is used before its rights are there",
    file: "components/watch/log-archive/log-archive.ts",
    find: "  return { ready: pulumi.all([role.arn, policy.id]).apply(([arn]) => arn) };",
    replace: "  return { ready: role.arn };",
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "each service takes its own role for this account only, once its rights are there",
    },
  },
  {
    what: "Firehose may write to every bucket",
    file: "components/watch/log-archive/statements.ts",
    find: "      resources: [pulumi.interpolate`",
    replace: "      resources: [pulumi.interpolate`arn:aws:s3:::*/*`, pulumi.interpolate`",
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "Firehose writes to this bucket and error log alone, and CloudWatch to this stream alone",
    },
  },
  {
    what: "an archive that hears nothing is taken for a quiet one",
    file: "components/watch/log-archive/alarm-specs.ts",
    find: '      missing: "breaching", // The heartbeat of the set.',
    replace: '      missing: "notBreaching",',
    caughtBy: {
      file: "components/watch/log-archive/log-archive.test.ts",
      test: "an archive that waits, hears nothing, is throttled or fails is told of",
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
