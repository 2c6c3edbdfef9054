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
  {
    what: "bootstrap works in whatever account the credentials are of",
    file: "tools/bootstrap/steps.ts",
    find: "accountStep(options),",
    replace: "",
    caughtBy: {
      file: "tools/bootstrap/run.test.ts",
      test: "With the credentials of another account nothing is made",
    },
  },
  {
    what: "the bucket of the state may be opened to everybody by a policy",
    file: "tools/bootstrap/steps.ts",
    find: "BlockPublicPolicy=true",
    replace: "BlockPublicPolicy=false",
    caughtBy: {
      file: "tools/bootstrap/bootstrap.test.ts",
      test: "The keys and the bucket of the state are created in both regions, and every object is copied",
    },
  },
  {
    what: "one right name server of four counts as a delegated zone",
    file: "tools/doctor/domain.ts",
    find: "[...wanted].every((server)",
    replace: "[...wanted].some((server)",
    caughtBy: {
      file: "tools/doctor/doctor.test.ts",
      test: "With a part of the name servers the report has exactly that problem, and says what to do",
    },
  },
  {
    what: "a destroy deletes what a protected store goes away with",
    file: "tools/deploy/take-down.ts",
    find: "...[parent, deletedWith, provider",
    replace: "...[parent, provider",
    caughtBy: {
      file: "tools/deploy/take-down.test.ts",
      test: "What a protected store is deleted with stays too, and so do its parent and its provider",
    },
  },
];
