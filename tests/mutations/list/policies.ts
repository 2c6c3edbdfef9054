import type { Mutation } from "../mutation.ts";

/** Policy rules. */
export const policiesMutations: readonly Mutation[] = [
  {
    what: "alarms of one store are taken for those of another",
    file: "policies/rules/base/alarms.ts",
    find: "  if (stack.of(rule.store).some(madeFrom)) return false; // It watches another one.",
    replace: "",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "alarms of one NAT gateway are not taken for those of another",
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
  {
    what: "the rule for admission forgets volumes, which bring images",
    file: "policies/rules/cluster/admission.ts",
    find: '"kinds of volumes": /\\.volumes\\.all\\(/,',
    replace: "",
    caughtBy: {
      file: "tests/policies/admission-subjects.test.ts",
      test: "an admission policy that does not look at the kinds of volumes is told",
    },
  },
  {
    what: "half of the internet is no open range",
    file: "policies/kit/subnets.ts",
    find: "const widestPrefix = { v4: 8, v6: 16 };",
    replace: "const widestPrefix = { v4: 1, v6: 1 };",
    caughtBy: {
      file: "tests/policies/neighbouring-types.test.ts",
      test: "remote shells from 0.0.0.0/1 are refused: the range is a large part of the internet",
    },
  },
];
