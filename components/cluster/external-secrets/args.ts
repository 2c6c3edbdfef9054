import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Traffic } from "../workload/index.ts";

export interface ExternalSecretsArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly accountId: string;
  readonly region: string;
  /** Minor of the cluster, such as "1.36". */
  readonly kubernetesVersion: string;
  readonly kubernetesProvider: k8s.Provider;
  /** The one namespace the controller works in, as an output of it, so that everything waits for it. */
  readonly namespace: pulumi.Input<string>;
  /** Names in Secrets Manager of all secrets it may read, such as "task-prod/schema-registry". */
  readonly secretNames: readonly string[];
  /** The key that decrypts the secrets. In the region of the copies it is the alias of a key of another stack. */
  readonly key: { readonly arn: pulumi.Input<string> } | { readonly alias: string };
  readonly labels: Readonly<Record<string, string>>;
  /** Callers of its metrics port. */
  readonly ingress: readonly Traffic[];
  /** What the controller may call: API server, Secrets Manager, the agent of Pod Identity. */
  readonly egress: readonly Traffic[];
  /** Nodes and the agent of Pod Identity. */
  readonly waitFor: readonly pulumi.Resource[];
}

export interface ExternalSecretArgs {
  readonly namespace: pulumi.Input<string>;
  /** Name of the Kubernetes Secret to create. */
  readonly secretName: string;
  /** Name in Secrets Manager; the value there is a JSON object. */
  readonly remoteName: string;
  /** Properties of that object; each becomes a key of the Secret. */
  readonly properties: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}
