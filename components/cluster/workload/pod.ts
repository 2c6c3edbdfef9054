import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { heapMegabytes } from "./quantities.ts";
import type { WorkloadSettings } from "./settings.ts";

/** What every container of the platform says about itself. */
export interface ContainerArgs {
  readonly workloadName: string;
  readonly image: pulumi.Input<string>;
  /** Arguments of `node`, run in /app of the image. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  readonly resources: Pick<WorkloadSettings, "requests" | "limits">;
  readonly labels: Readonly<Record<string, string>>;
}

/** Above 10,000, so that it is no user of any node. */
const userId = 10001;

export const podSecurityContext: k8s.types.input.core.v1.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: userId,
  runAsGroup: userId,
  fsGroup: userId,
  seccompProfile: { type: "RuntimeDefault" },
};

const temporaryMounts = [{ name: "tmp", mountPath: "/tmp" }];

export function toContainer(args: ContainerArgs): k8s.types.input.core.v1.Container {
  const env = {
    ...args.env,
    NODE_OPTIONS: `--max-old-space-size=${heapMegabytes(args.resources.limits.memory)}`,
  };
  return {
    name: args.workloadName,
    image: args.image,
    imagePullPolicy: "Always",
    workingDir: "/app",
    command: ["node"],
    args: [...args.args],
    env: Object.entries(env)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, value })),
    resources: { requests: { ...args.resources.requests }, limits: { ...args.resources.limits } },
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

/** Secrets as files, which a turned secret changes under the process; variables would keep the old value, and leak into dumps. */
export function secretVolumes(
  folders: Readonly<Record<string, string>> = {},
): k8s.types.input.core.v1.Volume[] {
  return Object.keys(folders).map((secretName) => ({
    name: `secret-${secretName}`,
    // 0440: the group is that of the pod. A Secret that is not there yet holds the pod back, and says so in its events.
    secret: { secretName, defaultMode: 0o440, optional: false },
  }));
}

/** The container with the folders of its secrets, each a folder of its own: files of a subPath would never change. */
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

/** The only writable folder; bounded, so that a leak ends the pod and not the node. */
export const temporaryVolume: k8s.types.input.core.v1.Volume = {
  name: "tmp",
  emptyDir: { sizeLimit: "64Mi" },
};

/** Standard labels of an object; selectors use the first two only, because they can never change. */
export function standardLabels(
  name: string,
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...selectorLabels(name), "app.kubernetes.io/managed-by": "pulumi", ...labels };
}

export function selectorLabels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "task-platform" };
}
