import type { Mutation } from "../mutation.ts";

/** What the API server refuses in the namespace of the workloads. */
export const admissionMutations: readonly Mutation[] = [
  {
    what: "what cannot be judged is let in",
    file: "components/cluster/workload/admission.ts",
    find: 'failurePolicy: "Fail"',
    replace: 'failurePolicy: "Ignore"',
    caughtBy: {
      file: "components/cluster/workload/admission.test.ts",
      test: "every pod is looked at when it is made or changed, and so are containers added for debugging",
    },
  },
  {
    what: "the image of a running pod may be changed to any",
    file: "components/cluster/workload/admission.ts",
    find: 'operations: ["CREATE", "UPDATE"]',
    replace: 'operations: ["CREATE"]',
    caughtBy: {
      file: "components/cluster/workload/admission.test.ts",
      test: "every pod is looked at when it is made or changed, and so are containers added for debugging",
    },
  },
  {
    what: "what breaks the admission policy is only written down",
    file: "components/cluster/workload/admission.ts",
    find: 'validationActions: ["Deny"]',
    replace: 'validationActions: ["Audit"]',
    caughtBy: {
      file: "components/cluster/workload/admission.test.ts",
      test: "what breaks the policy is refused, in the one namespace, by a label nobody can take off",
    },
  },
  {
    what: "images may come from anywhere",
    file: "components/cluster/workload/admission.ts",
    find: "c.image.startsWith(host))`),",
    replace: "c.image.contains(host))`),",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image from elsewhere is refused among containers",
    },
  },
  {
    what: "images may be named by tag",
    file: "components/cluster/workload/admission.ts",
    find: "@sha256:[0-9a-f]{64}$",
    replace: "@sha256:[0-9a-f]{64}",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image without a digest is refused among containers",
    },
  },
  {
    what: "a registry whose name only begins like ours is ours",
    file: "components/cluster/workload/admission.ts",
    find: '}/"`).join(", ")',
    replace: '}"`).join(", ")',
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image from elsewhere is refused among containers",
    },
  },
  {
    what: "nobody looks at containers for debugging",
    file: "components/cluster/workload/admission.ts",
    find: ', "ephemeralContainers"]',
    replace: "]",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "who takes runAsNonRoot back is refused among ephemeralContainers, and who says nothing is not",
    },
  },
];
