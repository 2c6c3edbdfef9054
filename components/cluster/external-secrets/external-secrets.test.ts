import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { charts } from "../charts/index.ts";
import { createExternalSecret, ExternalSecrets, type ExternalSecretsArgs } from "./index.ts";
import { externalSecretsStatements } from "./statements.ts";

const labels = { owner: "platform" };
const base = {
  clusterName: "task-test",
  clusterArn: "arn:aws:eks:us-east-1:111111111111:cluster/task-test",
  accountId: "111111111111",
  region: "us-east-1",
  kubernetesVersion: "1.36",
  namespace: "tasks",
  secretNames: ["task-test/registry"],
  key: { arn: "arn:key" },
  labels,
  ingress: [{ ports: [8080], cidrs: ["10.0.0.0/19"] }],
  egress: [{ ports: [443], cidrs: ["10.0.0.0/19"] }],
} as const;

function planSecrets(changes: Partial<ExternalSecretsArgs> = {}) {
  return planProgram(() => {
    const kubernetesProvider = new k8s.Provider("kubernetes", { kubeconfig: "{}" });
    const provider = kubernetesProvider;
    const ready = new k8s.core.v1.Namespace("nodes", {}, { provider });
    const controller = new ExternalSecrets("secrets", {
      ...base,
      kubernetesProvider,
      waitFor: [ready],
      ...changes,
    });
    createExternalSecret(
      "registry",
      {
        namespace: "tasks",
        secretName: "registry",
        remoteName: "task-test/registry",
        properties: ["username", "password"],
        labels,
      },
      { provider, dependsOn: [controller.store] },
    );
  });
}

const releaseType = "kubernetes:helm.sh/v3:Release";

test("the controller works in one namespace and has no permission in the whole cluster", async () => {
  const { inputs, options } = (await planSecrets()).one(releaseType);
  expect([inputs.chart, inputs.version, inputs.namespace]).toEqual([
    charts.externalSecrets.chart,
    charts.externalSecrets.version,
    "external-secrets",
  ]);
  expect(inputs.values).toMatchObject({
    scopedNamespace: "tasks",
    scopedRBAC: true,
    replicaCount: 2,
    leaderElect: true,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    webhook: { create: false },
    certController: { create: false },
    rbac: {
      servicebindings: { create: false },
      aggregateToView: false,
      aggregateToEdit: false,
      aggregateToAdmin: false,
      serviceAccountTokenCreate: false,
    },
  });
  const { crds, ...values } = inputs.values as Record<string, unknown>;
  const beyond = Object.entries({ ...values, ...(crds as object) }).filter(([name]) =>
    /^(process|create)(Cluster|Push)/.test(name),
  );
  expect(beyond).toHaveLength(10);
  expect(beyond.filter(([, on]) => on !== false)).toEqual([]);
  expect(options.dependencies.map((urn) => urn.split("::").at(-1))).toEqual(
    expect.arrayContaining(["nodes", "secrets"]),
  );
});

test("the controller has a namespace that refuses privileged pods, and only the listed traffic", async () => {
  const plan = await planSecrets();
  const { metadata } = plan.one("kubernetes:core/v1:Namespace", "secrets").inputs;
  expect(metadata).toMatchObject({
    name: "external-secrets",
    labels: { "pod-security.kubernetes.io/enforce": "restricted" },
  });
  const policies = plan.all("kubernetes:networking.k8s.io/v1:NetworkPolicy");
  expect(policies.map(({ inputs }) => inputs.spec)).toMatchObject([
    {
      podSelector: {
        matchLabels: {
          "app.kubernetes.io/name": "external-secrets",
          "app.kubernetes.io/part-of": "task-platform",
        },
      },
      ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/19" } }], ports: [{ port: 8080 }] }],
      egress: [{ ports: [{ port: 53 }, { port: 53 }] }, { to: [{ ipBlock: { cidr: "10.0.0.0/19" } }] }],
    },
    { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  ]);
  // The selector of the network policy needs this label beside the label of the chart.
  expect(plan.one(releaseType).inputs.values).toMatchObject({
    podLabels: { "app.kubernetes.io/part-of": "task-platform" },
    metrics: { listen: { port: 8080 } },
  });
});

test("the role of the controller reads the named secrets, and uses their key for nothing else", () => {
  const viaService = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };
  expect(externalSecretsStatements(base)).toEqual([
    {
      sid: "Read",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: ["arn:aws:secretsmanager:us-east-1:111111111111:secret:task-test/registry-??????"],
    },
    {
      sid: "Decrypt",
      actions: ["kms:Decrypt"],
      resources: ["arn:key"],
      conditions: { StringEquals: viaService },
    },
  ]);
  const [, copied] = externalSecretsStatements({ ...base, key: { alias: "alias/task-prod-secrets" } });
  expect(copied).toMatchObject({
    resources: ["arn:aws:kms:us-east-1:111111111111:key/*"],
    conditions: {
      StringEquals: viaService,
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/task-prod-secrets"] },
    },
  });
});

test("a secret is copied into the namespace, refreshed, and kept while its source cannot be read", async () => {
  const plan = await planSecrets();
  const store = plan.one("kubernetes:external-secrets.io/v1:SecretStore");
  expect(store.inputs.spec).toEqual({
    provider: { aws: { service: "SecretsManager", region: "us-east-1" } },
  });
  expect(store.options.dependencies).toContain(plan.one(releaseType).urn);
  const secret = plan.one("kubernetes:external-secrets.io/v1:ExternalSecret");
  expect(secret.inputs.metadata).toMatchObject({ name: "registry", namespace: "tasks" });
  expect(secret.inputs.spec).toEqual({
    refreshInterval: "15m",
    secretStoreRef: { kind: "SecretStore", name: "secrets-manager" },
    target: { name: "registry", creationPolicy: "Owner", deletionPolicy: "Retain" },
    data: ["username", "password"].map((property) => ({
      secretKey: property,
      remoteRef: { key: "task-test/registry", property },
    })),
  });
  expect(secret.options.dependencies).toContain(store.urn);
});

test("one message lists all wrong arguments, and no resource is created", async () => {
  await expect(
    planSecrets({ secretNames: ["task-*", "arn:aws:x"], key: { alias: "alias/*" } }),
  ).rejects.toThrow('external secrets "secrets": 3 problems, nothing was created');
  await expect(planSecrets({ secretNames: [] })).rejects.toThrow("leave the block out");
});
