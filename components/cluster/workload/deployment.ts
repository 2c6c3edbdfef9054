import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { selectorLabels } from "../namespace/index.ts";
import { leavesDeadNodes } from "../node-pools/index.ts";
import type { Metadata, WorkloadArgs } from "./args.ts";
import { podSecurityContext, secretVolumes, temporaryVolume, toContainer, withSecrets } from "./pod.ts";
import { planRollout, startup } from "./rollout.ts";

/** What a pod is not started without: its account, and the policy that limits its traffic from the first packet. */
export interface PodFoundations {
  readonly account: k8s.core.v1.ServiceAccount;
  readonly policy: k8s.networking.v1.NetworkPolicy;
}

/**
 * The Deployment. A running one leaves `replicas` to the autoscaler. A deploy does not wait for a stopped one, because without
 * a pod it never becomes ready.
 */
export function createDeployment(
  name: string,
  metadata: Metadata,
  args: WorkloadArgs,
  { account, policy }: PodFoundations,
  parent: pulumi.Resource,
): k8s.apps.v1.Deployment {
  const stopped = args.settings.state === "stopped";
  const rollout = planRollout(args.settings.maxReplicas, args.graceSeconds);
  const wait = `${rollout.timeoutMinutes}m`;
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: stopped ? { ...metadata, annotations: notAwaited } : metadata,
      spec: {
        ...(stopped ? { replicas: 0 } : {}),
        selector: { matchLabels: selectorLabels(args.workloadName) },
        // A new pod starts before an old one stops, so that there are never fewer pods than asked for.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: rollout.maxSurge } },
        revisionHistoryLimit: 5,
        minReadySeconds: rollout.minReadySeconds,
        progressDeadlineSeconds: rollout.progressDeadlineSeconds,
        template: { metadata: { labels: metadata.labels }, spec: podSpec(args, account.metadata.name) },
      },
    },
    // Without its own time-out, the provider waits 10 minutes.
    { parent, dependsOn: [...args.waitFor, policy], customTimeouts: { create: wait, update: wait } },
  );
}

/** Annotation of an object that a deploy creates without waiting until pods are ready. */
export const notAwaited = { "pulumi.com/skipAwait": "true" } as const;

function podSpec(
  args: WorkloadArgs,
  serviceAccountName: pulumi.Input<string>,
): k8s.types.input.core.v1.PodSpec {
  const matchLabels = selectorLabels(args.workloadName);
  const required = args.settings.zoneSpread === "require";
  const hostTerm = {
    topologyKey: "kubernetes.io/hostname",
    labelSelector: { matchLabels },
    // Only pods of one rollout avoid each other. Otherwise the first new pod would wait for a host without an old one.
    matchLabelKeys: ["pod-template-hash"],
  };
  return {
    serviceAccountName,
    priorityClassName: args.priorityClass,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurityContext,
    terminationGracePeriodSeconds: args.graceSeconds,
    nodeSelector: { [args.nodePool.label]: args.nodePool.value },
    tolerations: [...leavesDeadNodes],
    // Two dots are enough for names inside the cluster. The default of five makes four look-ups for every outside name.
    dnsConfig: { options: [{ name: "ndots", value: "2" }] },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: { matchLabels },
        matchLabelKeys: ["pod-template-hash"],
        // Only nodes that would take the pod count. By default nodes that are lost or cordoned count too: their zone then keeps
        // the lowest number, and no pod may start in the zones that are left.
        nodeAffinityPolicy: "Honor",
        nodeTaintsPolicy: "Honor",
      },
    ],
    affinity: {
      podAntiAffinity: required
        ? { requiredDuringSchedulingIgnoredDuringExecution: [hostTerm] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: hostTerm }] },
    },
    containers: [
      {
        ...withSecrets(toContainer({ ...args, resources: args.settings }), args.secretFolders),
        ports: [...args.ports, { name: "admin", port: args.adminPort }].map(({ name, port }) => ({
          name,
          containerPort: port,
        })),
        ...probes(args.probePaths),
        lifecycle: { preStop: { sleep: { seconds: args.preStopSeconds } } },
      },
    ],
    volumes: [temporaryVolume, ...secretVolumes(args.secretFolders)],
  };
}

/** A pod has a minute to start. It gets no requests after failing for 10 s, and is restarted after failing for 30 s. */
function probes(paths: WorkloadArgs["probePaths"]) {
  const admin = (path: string) => ({ httpGet: { path, port: "admin" } });
  return {
    startupProbe: { ...admin(paths.startup), ...startup, timeoutSeconds: 2 },
    readinessProbe: { ...admin(paths.ready), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 2 },
    livenessProbe: { ...admin(paths.live), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
  };
}
