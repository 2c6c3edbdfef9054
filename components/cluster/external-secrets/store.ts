import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ExternalSecretsArgs } from "./args.ts";

export const apiVersion = "external-secrets.io/v1";
export const storeName = "secrets-manager";

/** Tells the controller to read Secrets Manager. It has no credentials, because the pods of the controller have a role. */
export function createStore(
  name: string,
  args: ExternalSecretsArgs,
  release: pulumi.Resource,
  parent: pulumi.Resource,
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
