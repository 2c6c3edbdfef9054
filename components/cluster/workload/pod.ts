import type * as k8s from "@pulumi/kubernetes";
import type { ContainerArgs } from "./args.ts";
import { nodeOptions } from "./quantities.ts";

/** Above 10,000, so that no user of a node has the same id. */
const userId = 10001;

export const podSecurityContext: k8s.types.input.core.v1.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: userId,
  runAsGroup: userId,
  fsGroup: userId,
  seccompProfile: { type: "RuntimeDefault" },
};

/**
 * Disk of the node that one container uses: 64 MiB of /tmp and five log files of 10 MiB, and a reserve for a burst of log lines
 * between two rotations. Above the limit the kubelet evicts the pod, before the disk of the node is full.
 */
const scratch = { request: "128Mi", limit: "512Mi" } as const;

/** Variable with the name of the pod. */
const podName = "POD_NAME";

const temporaryMounts = [{ name: "tmp", mountPath: "/tmp" }];

export function toContainer(args: ContainerArgs): k8s.types.input.core.v1.Container {
  const env = {
    ...args.env,
    NODE_OPTIONS: nodeOptions(args.resources.limits.memory),
  };
  return {
    name: args.workloadName,
    image: args.image,
    imagePullPolicy: "Always",
    workingDir: "/app",
    command: ["node"],
    args: [...args.args],
    env: [
      ...Object.entries(env)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => ({ name, value })),
      // The name stays when a container starts again in its pod. Software that needs an identity uses it.
      { name: podName, valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ],
    resources: {
      requests: { ...args.resources.requests, "ephemeral-storage": scratch.request },
      limits: { ...args.resources.limits, "ephemeral-storage": scratch.limit },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: temporaryMounts,
  };
}

/**
 * Secrets as files: the kubelet updates them when a secret is rotated. Environment variables would keep the old value and
 * leak into dumps.
 */
export function secretVolumes(
  folders: Readonly<Record<string, string>> = {},
): k8s.types.input.core.v1.Volume[] {
  return Object.keys(folders).map((secretName) => ({
    name: `secret-${secretName}`,
    // 0440: the file belongs to the group of the pod. While the Secret does not exist, the pod waits and its events say so.
    secret: { secretName, defaultMode: 0o440, optional: false },
  }));
}

/** Mounts each secret as a folder of its own, because a file mounted by subPath is never updated. */
export function withSecrets(
  container: k8s.types.input.core.v1.Container,
  folders: Readonly<Record<string, string>> = {},
): k8s.types.input.core.v1.Container {
  const mounts = Object.entries(folders).map(([secretName, mountPath]) => ({
    name: `secret-${secretName}`,
    mountPath,
    readOnly: true,
  }));
  return mounts.length === 0 ? container : { ...container, volumeMounts: [...temporaryMounts, ...mounts] };
}

/** The only writable folder. It is bounded: when a leak fills it, the kubelet evicts the pod and the node keeps its disk. */
export const temporaryVolume: k8s.types.input.core.v1.Volume = {
  name: "tmp",
  emptyDir: { sizeLimit: "64Mi" },
};
