import type { Mutation } from "../mutation.ts";

/** Tools. */
export const toolsMutations: readonly Mutation[] = [
  {
    what: "the boundary takes the brokers from the workloads",
    file: "tools/bootstrap/policy-documents.ts",
    find: 'NotAction: ["account:*", "iam:*", "organizations:*"]',
    replace: 'NotAction: ["account:*", "iam:*", "kafka-cluster:*", "organizations:*"]',
    caughtBy: {
      file: "tests/program/deploy-role-limits.test.ts",
      test: "the permissions boundary allows everything that the roles of prod need",
    },
  },
  {
    what: "npm start runs what is stopped",
    file: "tools/local/manifests/read-manifests.ts",
    find: "replicas: spec.replicas === 0 ? 0 : (",
    replace: "replicas: (",
    caughtBy: {
      file: "tools/local/manifests/read-manifests.test.ts",
      test: "a deployment that is stopped has no replica, with or without an autoscaler beside it",
    },
  },
];
