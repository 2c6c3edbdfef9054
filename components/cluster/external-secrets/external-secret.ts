import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ExternalSecretArgs } from "./args.ts";
import { apiVersion, storeName } from "./store.ts";

/** A rotated secret reaches the pods after at most this interval and the minute of the kubelet. */
const refreshInterval = "15m";

/** Copies one secret of Secrets Manager into a Secret of the namespace, and keeps the copy current. */
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
        // The Secret stays while the controller cannot read its source, so that pods can still start.
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
