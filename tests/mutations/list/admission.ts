import type { Mutation } from "../mutation.ts";

/** The admission policy of the namespace. */
export const admissionMutations: readonly Mutation[] = [
  {
    what: "a pod is admitted when an expression cannot be evaluated",
    file: "components/cluster/namespace/admission-policy.ts",
    find: 'failurePolicy: "Fail"',
    replace: 'failurePolicy: "Ignore"',
    caughtBy: {
      file: "components/cluster/namespace/admission-policy.test.ts",
      test: "the policy checks every created or changed pod, and containers added for debugging",
    },
  },
  {
    what: "the image of a running pod may be changed to any other",
    file: "components/cluster/namespace/admission-policy.ts",
    find: 'operations: ["CREATE", "UPDATE"]',
    replace: 'operations: ["CREATE"]',
    caughtBy: {
      file: "components/cluster/namespace/admission-policy.test.ts",
      test: "the policy checks every created or changed pod, and containers added for debugging",
    },
  },
  {
    what: "a pod that breaks the admission policy is only logged",
    file: "components/cluster/namespace/admission-policy.ts",
    find: 'validationActions: ["Deny"]',
    replace: 'validationActions: ["Audit"]',
    caughtBy: {
      file: "components/cluster/namespace/admission-policy.test.ts",
      test: "the binding refuses pods that break the policy, in one namespace, by a label that nobody can remove",
    },
  },
  {
    what: "images may come from anywhere",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: "c.image.startsWith(host)",
    replace: "c.image.contains(host)",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image from elsewhere is refused among containers",
    },
  },
  {
    what: "images may be named by tag",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: "@sha256:[0-9a-f]{64}$",
    replace: "@sha256:[0-9a-f]{64}",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image without a digest is refused among containers",
    },
  },
  {
    what: "a host whose name only begins like ours counts as ours",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: 'imageHosts.map((host) => `"${host}/"`)',
    replace: 'imageHosts.map((host) => `"${host}"`)',
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image from elsewhere is refused among containers",
    },
  },
  {
    what: "containers for debugging are not checked",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: ', "ephemeralContainers"]',
    replace: "]",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "who takes runAsNonRoot back is refused among ephemeralContainers, and who says nothing is not",
    },
  },
];
