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
];
