import type { Mutation } from "../mutation.ts";

/** Secrets on their way to the pods. */
export const secretsMutations: readonly Mutation[] = [
  {
    what: "the controller of secrets works in every namespace",
    file: "components/cluster/external-secrets/external-secrets.ts",
    find: "scopedNamespace: args.namespace",
    replace: 'scopedNamespace: ""',
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the controller works in one namespace and has no permission in the whole cluster",
    },
  },
  {
    what: "the controller of secrets has a role of the whole cluster",
    file: "components/cluster/external-secrets/values.ts",
    find: "scopedRBAC: true",
    replace: "scopedRBAC: false",
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the controller works in one namespace and has no permission in the whole cluster",
    },
  },
  {
    what: "the controller of secrets runs its webhook",
    file: "components/cluster/external-secrets/values.ts",
    find: "webhook: { create: false }",
    replace: "webhook: { create: true }",
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the controller works in one namespace and has no permission in the whole cluster",
    },
  },
  {
    what: "the controller of secrets reads every secret",
    file: "components/cluster/external-secrets/statements.ts",
    find: "`arn:aws:secretsmanager:${place}:secret:${name}-??????`",
    replace: "`arn:aws:secretsmanager:${place}:secret:*`",
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the role of the controller reads the named secrets, and uses their key for nothing else",
    },
  },
  {
    what: "the controller of secrets may decrypt anything with the key",
    file: "components/cluster/external-secrets/statements.ts",
    find: "          conditions: { StringEquals: viaService },",
    replace: "",
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the role of the controller reads the named secrets, and uses their key for nothing else",
    },
  },
  {
    what: "the controller of secrets may call everything",
    file: "components/cluster/external-secrets/external-secrets.ts",
    find: "ingress: args.ingress, egress: args.egress",
    replace: 'ingress: args.ingress, egress: [{ ports: [443], cidrs: ["0.0.0.0/0"] }]',
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the controller has a namespace that refuses privileged pods, and only the listed traffic",
    },
  },
  {
    what: "a rotated secret never reaches the pods",
    file: "components/cluster/external-secrets/external-secret.ts",
    find: 'refreshInterval = "15m"',
    replace: 'refreshInterval = "0"',
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "a secret is copied into the namespace, refreshed, and kept while its source cannot be read",
    },
  },
  {
    what: "a secret that cannot be read is removed from the pods",
    file: "components/cluster/external-secrets/external-secret.ts",
    find: 'deletionPolicy: "Retain"',
    replace: 'deletionPolicy: "Delete"',
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "a secret is copied into the namespace, refreshed, and kept while its source cannot be read",
    },
  },
  {
    what: "every user in a pod reads its secrets",
    file: "components/cluster/workload/pod.ts",
    find: "defaultMode: 0o440",
    replace: "defaultMode: 0o444",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "each secret is a folder of files that only the pod's group can read, and the pod waits for it",
    },
  },
  {
    what: "the standby cannot read the copies of the secrets",
    file: "infra/workloads/secrets.ts",
    find: "readers: [controller.roleArn, ...standbys]",
    replace: "readers: [controller.roleArn]",
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "the copy in the recovery region is readable there: by name, by role and by key",
    },
  },
  {
    what: "every role of the standby reads the secrets",
    file: "infra/workloads/secrets.ts",
    find: "`arn:aws:iam::${config.accountId}:role${rolePath(name)}${controllerName}-*`",
    replace: "`arn:aws:iam::${config.accountId}:role${rolePath(name)}*`",
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "the copy in the recovery region is readable there: by name, by role and by key",
    },
  },
  {
    what: "the standby decrypts copies with another key",
    file: "infra/workloads/secrets.ts",
    find: 'recoveryKeyAlias(prefixOf(owner), "secrets")',
    replace: 'recoveryKeyAlias(prefixOf(owner), "data")',
    caughtBy: {
      file: "tests/program/secrets.test.ts",
      test: "the copy in the recovery region is readable there: by name, by role and by key",
    },
  },
  {
    what: "a role may be named by a pattern of any path",
    file: "components/base/secrets/check.ts",
    find: "|(?:[\\w+=,.@-]+\\/)+[\\w+=,.@-]+-\\*)",
    replace: "|[\\w+=,.@/*-]+)",
    caughtBy: {
      file: "components/base/secrets/secrets.test.ts",
      test: "A reader may end in a random suffix only below a path",
    },
  },
  {
    what: "prod does not have its secrets copied",
    file: "stacks/prod.ts",
    find: 'readBy: ["dr"]',
    replace: "readBy: []",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "the page of dr passes every check, support dates of today among them",
    },
  },
  {
    what: "workers send the password of the registry in the clear",
    file: "infra/environment/check-secrets.ts",
    find: '|| url.startsWith("https://")',
    replace: '|| url.startsWith("http")',
    caughtBy: {
      file: "infra/environment/environment.test.ts",
      test: "a registry whose password would travel in the clear is refused where there is a password, and only there",
    },
  },
];
