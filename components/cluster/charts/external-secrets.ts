import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse, type StatementInput } from "../../base/core/index.ts";
import { PodIdentity } from "../cluster/index.ts";
import { createNetworkPolicy, type Traffic, WorkloadNamespace } from "../workload/index.ts";
import { charts } from "./charts.ts";
import { externalSecretsProblems } from "./check-external-secrets.ts";
import { createRelease } from "./release.ts";

export interface ExternalSecretsArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly accountId: string;
  readonly region: string;
  readonly kubernetesProvider: k8s.Provider;
  /** The one namespace the controller works in, as an output of it, so that everything waits for it. */
  readonly namespace: pulumi.Input<string>;
  /** Names in Secrets Manager of all it may read, such as "task-prod/schema-registry". */
  readonly secretNames: readonly string[];
  /** What decrypts the secrets: a key, or in the region of the copies the alias of one that another program made. */
  readonly key: { readonly arn: pulumi.Input<string> } | { readonly alias: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Who reads its metrics. */
  readonly ingress: readonly Traffic[];
  /** Where the controller may go: API server, Secrets Manager, the agent of Pod Identity. */
  readonly egress: readonly Traffic[];
  /** Nodes and the agent of Pod Identity. */
  readonly waitFor: readonly pulumi.Resource[];
}

/** Where the controller tells of itself, by names of the chart. */
export const externalSecretsMetrics = {
  namespace: charts.externalSecrets.namespace,
  port: "metrics",
  path: "/metrics",
} as const;

/** Number of that port. */
export const externalSecretsMetricsPort = 8080;

/** Copies of a release, and what may be there beside them while it is rolled out. */
const replicas = 2;
const mostPods = 2 * replicas + 1;

/**
 * Brings secrets of Secrets Manager into one namespace, as files of pods (External Secrets Operator).
 *
 * Guarantees: the controller reads the named secrets and no other, in AWS as in the cluster, where its role is of that one
 * namespace; it is in a namespace of its own that refuses privileged pods, and reaches what `egress` names. It runs without
 * its webhook: that would be one more way into the API server, to check what the program writes alone.
 *
 * No value is in the program. A pod waits for its Secret, which is there when the secret has a value; a change is there
 * after a quarter of an hour and a minute.
 */
export class ExternalSecrets extends pulumi.ComponentResource {
  /** Role of the controller: who may read the secrets. */
  readonly roleArn: pulumi.Output<string>;

  /** What an external secret waits for; its kind comes with the chart. */
  readonly store: pulumi.Resource;

  constructor(name: string, args: ExternalSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:addons:ExternalSecrets", name, {}, opts);
    refuse(`external secrets "${name}"`, externalSecretsProblems(args), this);

    const identity = createIdentity(name, args, this);
    const release = createController(name, args, identity, this);
    this.store = createStore(name, args, release, this);
    this.roleArn = identity.roleArn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

function createIdentity(name: string, args: ExternalSecretsArgs, parent: ExternalSecrets): PodIdentity {
  const { namespace, serviceAccount } = charts.externalSecrets;
  const { clusterName, clusterArn, accountId } = args;
  const statements = externalSecretsStatements(args);
  return new PodIdentity(
    name,
    { clusterName, clusterArn, accountId, namespace, serviceAccount, statements },
    { parent },
  );
}

/** The named secrets, whatever six signs the service adds, and their key for nothing but Secrets Manager. */
export function externalSecretsStatements(
  args: Pick<ExternalSecretsArgs, "accountId" | "region" | "secretNames" | "key">,
): StatementInput[] {
  const place = `${args.region}:${args.accountId}`;
  const viaService = { "kms:ViaService": `secretsmanager.${args.region}.amazonaws.com` };
  return [
    {
      sid: "Read",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: args.secretNames.map((name) => `arn:aws:secretsmanager:${place}:secret:${name}-??????`),
    },
    "arn" in args.key
      ? {
          sid: "Decrypt",
          actions: ["kms:Decrypt"],
          resources: [args.key.arn],
          conditions: { StringEquals: viaService },
        }
      : {
          sid: "Decrypt",
          actions: ["kms:Decrypt"],
          resources: [`arn:aws:kms:${place}:key/*`],
          conditions: {
            StringEquals: viaService,
            "ForAnyValue:StringEquals": { "kms:ResourceAliases": [args.key.alias] },
          },
        },
  ];
}

function createController(
  name: string,
  args: ExternalSecretsArgs,
  identity: PodIdentity,
  parent: ExternalSecrets,
): k8s.helm.v3.Release {
  const chart = charts.externalSecrets;
  const provider = args.kubernetesProvider;
  const space = new WorkloadNamespace(
    name,
    { namespace: chart.namespace, maxPods: mostPods, labels: args.labels },
    { parent, provider },
  );
  createNetworkPolicy(
    name,
    { name: chart.chart, namespace: space.namespace, labels: { ...args.labels } },
    { workloadName: chart.chart, ingress: args.ingress, egress: args.egress },
    space,
  );
  return createRelease(
    name,
    chart,
    { ...controllerValues, scopedNamespace: args.namespace },
    { parent, provider, dependsOn: [space, identity, ...args.waitFor] },
  );
}

/** Everything that reaches beyond one namespace is off: kinds of the cluster, pushing, the webhook and its certificates. */
const controllerValues = {
  scopedRBAC: true,
  replicaCount: replicas,
  leaderElect: true,
  serviceAccount: { create: true, name: charts.externalSecrets.serviceAccount },
  // What network policies know the pods by.
  podLabels: { "app.kubernetes.io/part-of": "task-platform" },
  podDisruptionBudget: { enabled: true, minAvailable: 1 },
  resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
  livenessProbe: { enabled: true },
  metrics: { listen: { port: externalSecretsMetricsPort } },
  webhook: { create: false },
  certController: { create: false },
  rbac: { servicebindings: { create: false }, aggregateToView: false, aggregateToEdit: false },
  processClusterExternalSecret: false,
  processClusterPushSecret: false,
  processClusterStore: false,
  processClusterGenerator: false,
  processPushSecret: false,
  crds: {
    createClusterExternalSecret: false,
    createClusterSecretStore: false,
    createClusterGenerator: false,
    createClusterPushSecret: false,
    createPushSecret: false,
  },
} as const;

export const apiVersion = "external-secrets.io/v1";
export const storeName = "secrets-manager";

/** How the controller reaches Secrets Manager: no credentials, because its pods have a role. */
function createStore(
  name: string,
  args: ExternalSecretsArgs,
  release: k8s.helm.v3.Release,
  parent: ExternalSecrets,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion,
      kind: "SecretStore",
      metadata: { name: storeName, namespace: args.namespace, labels: { ...args.labels } },
      spec: { provider: { aws: { service: "SecretsManager", region: args.region } } },
    },
    { parent, provider: args.kubernetesProvider, dependsOn: [release] },
  );
}
