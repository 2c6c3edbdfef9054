import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import { checkWorkloadSettings } from "./check-settings.ts";
import { createNetworkPolicy, type Traffic } from "./network-policy.ts";
import {
  type ContainerArgs,
  podSecurityContext,
  secretVolumes,
  selectorLabels,
  standardLabels,
  temporaryVolume,
  toContainer,
  withSecrets,
} from "./pod.ts";
import type { WorkloadSettings } from "./settings.ts";

export interface WorkloadArgs extends Omit<ContainerArgs, "resources"> {
  readonly settings: WorkloadSettings;
  /** As an output of the namespace, so that everything in it waits for it. */
  readonly namespace: pulumi.Input<string>;
  /** Ports of the Service; none for workloads nobody calls. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly adminPort: number;
  readonly probePaths: { readonly live: string; readonly ready: string; readonly startup: string };
  /** Time between the end signal and the kill, the pre-stop pause included. */
  readonly graceSeconds: number;
  /** Pause before the end signal, for load balancers to stop sending. */
  readonly preStopSeconds: number;
  /** Value of the node label that chooses the pool. */
  readonly nodePool: { readonly label: string; readonly value: string };
  /** Name of the class, as an output of it, because a pod is refused whose class is not there. */
  readonly priorityClass: pulumi.Input<string>;
  readonly zones: number;
  readonly maxConsumers?: number;
  readonly ingress: readonly Traffic[];
  readonly egress: readonly Traffic[];
  /** Secrets of the namespace as files: name of the Secret → folder in the container. @default none */
  readonly secretFolders?: Readonly<Record<string, string>>;
  /** What pods wait for that no input shows: a migration, their role, nodes to run on. */
  readonly waitFor: readonly pulumi.Resource[];
}

/**
 * A Deployment with everything that keeps it up: autoscaler, disruption budget, spread over zones and hosts, network
 * policy, own service account. `replicas` is left to the autoscaler.
 *
 * A stopped one is the same without a pod: `replicas` is 0, and there is neither an autoscaler, whose metrics come from
 * running pods and which can therefore not hold 0, nor a budget, which would guard nothing. Account, rights, network
 * policy and service stay. A start begins, as a first deploy does, with the one replica that is the default of
 * Kubernetes, and the autoscaler raises it to the minimum.
 */
export class Workload extends pulumi.ComponentResource {
  readonly deploymentName: pulumi.Output<string>;

  constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:workload:Workload", name, {}, opts);
    const { maxConsumers, zones } = args;
    const limits = { zones, ...(maxConsumers === undefined ? {} : { maxConsumers }) };
    refuse(`workload "${name}"`, checkWorkloadSettings(args.settings, limits), this);
    const metadata = {
      name: args.workloadName,
      namespace: args.namespace,
      labels: standardLabels(args.workloadName, args.labels),
    };

    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    createNetworkPolicy(name, metadata, args, this);
    const deployment = createDeployment(name, metadata, args, account, this);
    createService(name, metadata, args, this);
    if (args.settings.state === "running") createScaling(name, metadata, args, deployment, this);
    this.deploymentName = deployment.metadata.name;
    this.registerOutputs({ deploymentName: this.deploymentName });
  }
}

export interface Metadata {
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

/**
 * Without a pod neither a rollout nor a service ever becomes ready, so nobody waits. The number of replicas may still
 * belong to the autoscaler that goes: the 0 takes it, where it would otherwise be refused as a conflict.
 */
function stoppedAnnotations(args: WorkloadArgs): Pick<Metadata, "annotations"> {
  if (args.settings.state === "running") return {};
  return { annotations: { "pulumi.com/skipAwait": "true", "pulumi.com/patchForce": "true" } };
}

function createDeployment(
  name: string,
  metadata: Metadata,
  args: WorkloadArgs,
  account: k8s.core.v1.ServiceAccount,
  parent: Workload,
): k8s.apps.v1.Deployment {
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { ...metadata, ...stoppedAnnotations(args) },
      spec: {
        ...(args.settings.state === "stopped" ? { replicas: 0 } : {}),
        selector: { matchLabels: selectorLabels(args.workloadName) },
        // One more before one less: no moment with fewer pods than were asked for.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        revisionHistoryLimit: 5,
        minReadySeconds: 5,
        progressDeadlineSeconds: 600,
        template: { metadata: { labels: metadata.labels }, spec: podSpec(args, account.metadata.name) },
      },
    },
    { parent, dependsOn: [...args.waitFor] },
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
    // Only pods of one rollout avoid each other: the first new one would otherwise wait for a host none of the old is on.
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
    // Two dots are enough for names inside the cluster; five make every outside name four look-ups.
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

/** A minute to start, ten seconds of failing out of service, half a minute of failing to be started again. */
function probes(paths: WorkloadArgs["probePaths"]) {
  const admin = (path: string) => ({ httpGet: { path, port: "admin" } });
  return {
    startupProbe: { ...admin(paths.startup), periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 2 },
    readinessProbe: { ...admin(paths.ready), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 2 },
    livenessProbe: { ...admin(paths.live), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
  };
}

function createService(name: string, metadata: Metadata, args: WorkloadArgs, parent: Workload): void {
  if (args.ports.length === 0) return;
  new k8s.core.v1.Service(
    name,
    {
      metadata: { ...metadata, ...stoppedAnnotations(args) },
      spec: {
        type: "ClusterIP",
        // For callers in the cluster, as long as a pod of their zone is ready: bytes between zones are paid for twice. The
        // load balancer sends to pods by their addresses and does not ask. Callers that are all in one zone load only the
        // pods of that zone. PreferClose is the deprecated name of the same.
        trafficDistribution: "PreferSameZone",
        selector: selectorLabels(args.workloadName),
        ports: args.ports.map(({ name: port, port: number }) => ({
          name: port,
          port: number,
          targetPort: port,
          protocol: "TCP",
        })),
      },
    },
    { parent },
  );
}

function createScaling(
  name: string,
  metadata: Metadata,
  args: WorkloadArgs,
  deployment: k8s.apps.v1.Deployment,
  parent: Workload,
): void {
  const { minReplicas, maxReplicas, keepAvailable } = args.settings;
  const utilization = (resource: string, percent: number) => ({
    type: "Resource",
    resource: { name: resource, target: { type: "Utilization", averageUtilization: percent } },
  });
  const perMinute = (percent: number) => ({ type: "Percent", value: percent, periodSeconds: 60 });
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    name,
    {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment.metadata.name },
        minReplicas,
        maxReplicas,
        // Targets and windows: specification section 8.
        metrics: [utilization("cpu", 70), utilization("memory", 80)],
        behavior: {
          // Doubling at most, so that a burst does not open every database connection at once.
          scaleUp: { stabilizationWindowSeconds: 60, policies: [perMinute(100)] },
          // A quarter at a time: a load that comes back finds most of the pods still there.
          scaleDown: { stabilizationWindowSeconds: 300, policies: [perMinute(25)] },
        },
      },
    },
    { parent },
  );
  if (keepAvailable === 0) return;
  new k8s.policy.v1.PodDisruptionBudget(
    name,
    {
      metadata,
      spec: {
        minAvailable: keepAvailable,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: selectorLabels(args.workloadName) },
      },
    },
    { parent },
  );
}
