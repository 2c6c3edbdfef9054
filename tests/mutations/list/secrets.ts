import type { Mutation } from "../mutation.ts";

/** Secrets on their way to the pods. */
export const secretsMutations: readonly Mutation[] = [
  {
    what: "the controller of secrets works in every namespace",
    file: "components/cluster/charts/external-secrets.ts",
    find: "scopedNamespace: args.namespace",
    replace: 'scopedNamespace: ""',
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "The controller works in one namespace and may nothing in the cluster as a whole",
    },
  },
  {
    what: "the controller of secrets has a role of the whole cluster",
    file: "components/cluster/charts/external-secrets.ts",
    find: "scopedRBAC: true",
    replace: "scopedRBAC: false",
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "The controller works in one namespace and may nothing in the cluster as a whole",
    },
  },
  {
    what: "the controller of secrets brings its webhook",
    file: "components/cluster/charts/external-secrets.ts",
    find: "webhook: { create: false }",
    replace: "webhook: { create: true }",
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "The controller works in one namespace and may nothing in the cluster as a whole",
    },
  },
  {
    what: "the controller of secrets reads every secret",
    file: "components/cluster/charts/external-secrets.ts",
    find: "secret:${name}-??????`",
    replace: "secret:*`",
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "Its role reads the named secrets, with their key for nothing but that",
    },
  },
  {
    what: "the controller of secrets decrypts whatever it likes",
    file: "components/cluster/charts/external-secrets.ts",
    find: "          conditions: { StringEquals: viaService },",
    replace: "",
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "Its role reads the named secrets, with their key for nothing but that",
    },
  },
  {
    what: "the controller of secrets goes everywhere",
    file: "components/cluster/charts/external-secrets.ts",
    find: "ingress: args.ingress, egress: args.egress",
    replace: 'ingress: args.ingress, egress: [{ ports: [443], cidrs: ["0.0.0.0/0"] }]',
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "The controller has a namespace that refuses privileged pods, and goes where it is told",
    },
  },
  {
    what: "a secret that was turned never arrives",
    file: "components/cluster/charts/external-secret.ts",
    find: 'refreshInterval = "15m"',
    replace: 'refreshInterval = "0"',
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "A secret becomes one of the namespace, is read again, and stays while it cannot be read",
    },
  },
  {
    what: "a secret that cannot be read is taken from the pods",
    file: "components/cluster/charts/external-secret.ts",
    find: 'deletionPolicy: "Retain"',
    replace: 'deletionPolicy: "Delete"',
    caughtBy: {
      file: "components/cluster/charts/external-secrets.test.ts",
      test: "A secret becomes one of the namespace, is read again, and stays while it cannot be read",
    },
  },
  {
    what: "everybody in a pod reads its secrets",
    file: "components/cluster/workload/pod.ts",
    find: "defaultMode: 0o440",
    replace: "defaultMode: 0o444",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "secrets are files of their own folders, readable for the pod's group alone, and the pod waits for them",
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
    find: "role${rolePath(name)}${controllerName}-*`",
    replace: "role${rolePath(name)}*`",
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
