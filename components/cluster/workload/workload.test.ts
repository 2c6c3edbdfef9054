import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { Workload, type WorkloadSettings } from "./index.ts";
import { baseArgs, planWorkload } from "./test/plan-workload.ts";

const deploymentType = "kubernetes:apps/v1:Deployment";
const serviceType = "kubernetes:core/v1:Service";
// A deploy would wait for the pods of a Service before it has made the nodes.
const notAwaited = { "pulumi.com/skipAwait": "true" };
const labels = {
  "app.kubernetes.io/name": "task-api",
  "app.kubernetes.io/part-of": "task-platform",
  "app.kubernetes.io/managed-by": "pulumi",
  owner: "platform",
};
const matchLabels = { "app.kubernetes.io/name": "task-api", "app.kubernetes.io/part-of": "task-platform" };
const metadata = { name: "task-api", namespace: "tasks", labels };

function spec(plan: Plan, type: string): Record<string, unknown> {
  return plan.one(type).inputs.spec as Record<string, unknown>;
}

function podSpec(plan: Plan): unknown {
  return (spec(plan, deploymentType).template as { spec: unknown }).spec;
}

test("a workload is exactly these objects, with one name in one namespace", async () => {
  const plan = await planWorkload();
  const objects = plan.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  expect(objects.map(({ type }) => type)).toEqual([
    "kubernetes:apps/v1:Deployment",
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:core/v1:Service",
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:policy/v1:PodDisruptionBudget",
  ]);
  for (const { type, inputs } of objects) {
    expect(inputs.metadata).toEqual(
      type === serviceType ? { ...metadata, annotations: notAwaited } : metadata,
    );
  }
  expect(plan.outputs.deploymentName).toBe("task-api");
});

test("the Deployment is exactly this object", async () => {
  const probe = (path: string) => ({ httpGet: { path, port: "admin" }, timeoutSeconds: 2 });
  expect(spec(await planWorkload(), deploymentType)).toEqual({
    selector: { matchLabels },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
    revisionHistoryLimit: 5,
    minReadySeconds: 5,
    progressDeadlineSeconds: 465,
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: "task-api",
        priorityClassName: "task-platform-api",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10001,
          runAsGroup: 10001,
          fsGroup: 10001,
          seccompProfile: { type: "RuntimeDefault" },
        },
        terminationGracePeriodSeconds: 40,
        nodeSelector: { "task-platform/pool": "application" },
        tolerations: ["not-ready", "unreachable"].map((state) => ({
          key: `node.kubernetes.io/${state}`,
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 60,
        })),
        dnsConfig: { options: [{ name: "ndots", value: "2" }] },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
            labelSelector: { matchLabels },
            matchLabelKeys: ["pod-template-hash"],
            nodeAffinityPolicy: "Honor",
            nodeTaintsPolicy: "Honor",
          },
        ],
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: "kubernetes.io/hostname",
                labelSelector: { matchLabels },
                matchLabelKeys: ["pod-template-hash"],
              },
            ],
          },
        },
        containers: [
          {
            name: "task-api",
            image: "registry.example/task-api@sha256:0123",
            imagePullPolicy: "Always",
            workingDir: "/app",
            command: ["node"],
            args: ["apps/task-api/src/main.ts"],
            env: [
              { name: "ALPHA", value: "first" },
              { name: "NODE_OPTIONS", value: "--max-old-space-size=1536 --max-semi-space-size=16" },
              { name: "ZEBRA", value: "last" },
              { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            ],
            ports: [
              { name: "http", containerPort: 8080 },
              { name: "admin", containerPort: 9090 },
            ],
            startupProbe: { ...probe("/startupz"), periodSeconds: 2, failureThreshold: 30 },
            readinessProbe: { ...probe("/readyz"), periodSeconds: 5, failureThreshold: 2 },
            livenessProbe: { ...probe("/livez"), periodSeconds: 10, failureThreshold: 3 },
            lifecycle: { preStop: { sleep: { seconds: 10 } } },
            resources: {
              requests: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "128Mi" },
              limits: { cpu: "2", memory: "2Gi", "ephemeral-storage": "512Mi" },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              privileged: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              capabilities: { drop: ["ALL"] },
              seccompProfile: { type: "RuntimeDefault" },
            },
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          },
        ],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
      },
    },
  });
});

test("the service account gives pods no token of the API server", async () => {
  const { inputs } = (await planWorkload()).one("kubernetes:core/v1:ServiceAccount");
  expect(inputs.automountServiceAccountToken).toBe(false);
});

test("with a preferred spread, a pod shares a host instead of waiting", async () => {
  const plan = await planWorkload({ settings: { zoneSpread: "prefer" } });
  expect(podSpec(plan)).toMatchObject({
    topologySpreadConstraints: [{ whenUnsatisfiable: "ScheduleAnyway" }],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname" } },
        ],
      },
    },
  });
});

test("the autoscaler follows CPU and memory: it at most doubles, and removes at most a quarter", async () => {
  const plan = await planWorkload();
  const metric = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  expect(spec(plan, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler")).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "task-api" },
    minReplicas: 3,
    maxReplicas: 20,
    metrics: [metric("cpu", 70), metric("memory", 80)],
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 60,
        policies: [{ type: "Percent", value: 100, periodSeconds: 60 }],
      },
      scaleDown: {
        stabilizationWindowSeconds: 300,
        policies: [{ type: "Percent", value: 25, periodSeconds: 60 }],
      },
    },
  });
});

test("a deploy waits for a rollout as long as its slowest steps take", async () => {
  const timeouts = async (maxReplicas: number) =>
    (await planWorkload({ settings: { maxReplicas } })).one(deploymentType).options.customTimeouts;
  expect(await timeouts(20)).toEqual({ create: "17m", update: "17m" });
  expect(await timeouts(3)).toEqual({ create: "15m", update: "15m" });
});

test("a drain may take as many pods as minReplicas has more than keepAvailable, and evicts broken ones; with 0 there is no disruption budget", async () => {
  const budgetOf = async (changes: Partial<WorkloadSettings>) =>
    spec(await planWorkload({ settings: changes }), "kubernetes:policy/v1:PodDisruptionBudget");
  expect(await budgetOf({ minReplicas: 6, keepAvailable: 4 })).toMatchObject({ maxUnavailable: 2 });
  expect(await budgetOf({})).toEqual({
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels },
  });
  const free = await planWorkload({ settings: { keepAvailable: 0 } });
  expect(free.all("kubernetes:policy/v1:PodDisruptionBudget")).toEqual([]);
});

test("a Service reaches named ports inside the cluster, and a workload without ports has no Service", async () => {
  const { spec: service } = (await planWorkload()).one(serviceType).inputs;
  expect(service).toEqual({
    type: "ClusterIP",
    trafficDistribution: "PreferSameZone",
    selector: matchLabels,
    ports: [{ name: "http", port: 8080, targetPort: "http", protocol: "TCP" }],
  });
  const worker = await planWorkload({ ports: [], ingress: [] });
  expect(worker.all(serviceType)).toEqual([]);
  expect(spec(worker, "kubernetes:networking.k8s.io/v1:NetworkPolicy").ingress).toEqual([]);
});

test("the network policy admits the listed traffic and the DNS of the cluster", async () => {
  const egress = [{ ports: [443], cidrs: ["0.0.0.0/0"], except: ["10.0.0.0/8"] }];
  const plan = await planWorkload({ egress: [...baseArgs.egress, ...egress] });
  expect(spec(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy")).toEqual({
    podSelector: { matchLabels },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [{ ipBlock: { cidr: "10.30.136.0/24" } }], ports: [{ protocol: "TCP", port: 8080 }] }],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
          },
        ],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
      {
        to: [{ ipBlock: { cidr: "10.30.128.0/24" } }, { ipBlock: { cidr: "10.30.129.0/24" } }],
        ports: [{ protocol: "TCP", port: 5432 }],
      },
      {
        to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }],
        ports: [{ protocol: "TCP", port: 443 }],
      },
    ],
  });
});

test("a Deployment waits for the resources in waitFor", async () => {
  const plan = await planProgram(() => {
    const first = new k8s.core.v1.ConfigMap("first", { metadata: { name: "first" } });
    new Workload("api", { ...baseArgs, waitFor: [first] });
  });
  const first = plan.one("kubernetes:core/v1:ConfigMap");
  expect(plan.one(deploymentType).options.dependencies).toContain(first.urn);
});

test("each secret is a folder of files that only the pod's group can read, and the pod waits for it", async () => {
  const plan = await planWorkload({ secretFolders: { registry: "/app/secrets/registry" } });
  expect(podSpec(plan)).toMatchObject({
    volumes: [
      { name: "tmp" },
      { name: "secret-registry", secret: { secretName: "registry", defaultMode: 0o440, optional: false } },
    ],
    containers: [
      {
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "secret-registry", mountPath: "/app/secrets/registry", readOnly: true },
        ],
      },
    ],
  });
});
