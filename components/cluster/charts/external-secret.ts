import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { apiVersion, storeName } from "./external-secrets.ts";

export interface ExternalSecretArgs {
  readonly namespace: pulumi.Input<string>;
  /** Name of the Secret that comes of it. */
  readonly secretName: string;
  /** Name in Secrets Manager; its value is a JSON object. */
  readonly remoteName: string;
  /** Properties of that object; each becomes a key of the Secret. */
  readonly properties: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A secret that was turned is in the pods after this and the minute of the kubelet. */
const refreshInterval = "15m";

/** A secret of Secrets Manager as a Secret of the namespace, kept as it is there. */
export function createExternalSecret(
  name: string,
  args: ExternalSecretArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const { namespace, secretName, remoteName, properties, labels } = args;
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion,
      kind: "ExternalSecret",
      metadata: { name: secretName, namespace, labels: { ...labels } },
      spec: {
        refreshInterval,
        secretStoreRef: { kind: "SecretStore", name: storeName },
        // Kept when the secret cannot be read for a while: pods that start meanwhile still find it.
        target: { name: secretName, creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: properties.map((property) => ({
          secretKey: property,
          remoteRef: { key: remoteName, property },
        })),
      },
    },
    opts,
  );
}
