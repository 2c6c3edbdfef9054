import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { selectorLabels } from "../namespace/index.ts";
import type { Metadata, WorkloadArgs } from "./args.ts";
import { podSecurityContext, secretVolumes, temporaryVolume, toContainer, withSecrets } from "./pod.ts";
import { stoppedAnnotations } from "./stopped.ts";

/** What a pod is not started without: its account, and the policy that limits its traffic from the first packet. */
export interface PodFoundations {
  readonly account: k8s.core.v1.ServiceAccount;
  readonly policy: k8s.networking.v1.NetworkPolicy;
}

/** The Deployment. A running one leaves `replicas` to the autoscaler. */
export function createDeployment(
  name: string,
  metadata: Metadata,
  args: WorkloadArgs,
  { account, policy }: PodFoundations,
  parent: pulumi.Resource,
): k8s.apps.v1.Deployment {
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { ...metadata, ...stoppedAnnotations(args) },
      spec: {
        ...(args.settings.state === "stopped" ? { replicas: 0 } : {}),
        selector: { matchLabels: selectorLabels(args.workloadName) },
        // A new pod starts before an old one stops, so that there are never fewer pods than asked for.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        revisionHistoryLimit: 5,
        minReadySeconds: 5,
        progressDeadlineSeconds: 600,
        template: { metadata: { labels: metadata.labels }, spec: podSpec(args, account.metadata.name) },
      },
    },
    { parent, dependsOn: [...args.waitFor, policy] },
  );
}

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
    // Two dots are enough for names inside the cluster. The default of five makes four look-ups for every outside name.
    dnsConfig: { options: [{ name: "ndots", value: "2" }] },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: { matchLabels },
        matchLabelKeys: ["pod-template-hash"],
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
    startupProbe: { ...admin(paths.startup), periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 2 },
    readinessProbe: { ...admin(paths.ready), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 2 },
    livenessProbe: { ...admin(paths.live), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
  };
}
