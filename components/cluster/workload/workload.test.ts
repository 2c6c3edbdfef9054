import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";
import { type Plan, planProgram } from "../../../tools/plan/index.ts";
import { Workload } from "./index.ts";
import { baseArgs, planWorkload } from "./test/plan-workload.ts";

const deploymentType = "kubernetes:apps/v1:Deployment";
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

function pod(plan: Plan): Record<string, unknown> {
  return (spec(plan, deploymentType).template as { spec: Record<string, unknown> }).spec;
}

function container(plan: Plan): Record<string, unknown> {
  const containers = pod(plan).containers as Record<string, unknown>[];
  expect(containers).toHaveLength(1);
  return containers[0] ?? {};
}

test("a service is exactly these objects, of one name in one namespace", async () => {
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
  for (const { inputs } of objects) expect(inputs.metadata).toEqual(metadata);
  expect(plan.outputs.deploymentName).toBe("task-api");
});

test("a rollout never has fewer pods than were asked for, and the autoscaler alone decides how many", async () => {
  const { template, ...rest } = spec(await planWorkload(), deploymentType);
  expect(rest).toEqual({
    selector: { matchLabels },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    revisionHistoryLimit: 5,
    minReadySeconds: 5,
    progressDeadlineSeconds: 600,
  });
  expect((template as { metadata: unknown }).metadata).toEqual({ labels });
});

test("the pod meets Pod Security restricted and holds no credentials of the cluster", async () => {
  const plan = await planWorkload();
  const { containers, affinity, topologySpreadConstraints, ...rest } = pod(plan);
  expect(rest).toEqual({
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
    dnsConfig: { options: [{ name: "ndots", value: "2" }] },
    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
  });
  expect(container(plan).securityContext).toEqual({
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(plan.one("kubernetes:core/v1:ServiceAccount").inputs.automountServiceAccountToken).toBe(false);
});

test("the container gets the end signal itself, sorted variables, and a heap below its memory limit", async () => {
  const { name, image, imagePullPolicy, workingDir, command, args, env, resources, volumeMounts, lifecycle } =
    container(await planWorkload());
  expect({ name, image, imagePullPolicy, workingDir, command, args, volumeMounts }).toEqual({
    name: "task-api",
    image: "registry.example/task-api@sha256:0123",
    imagePullPolicy: "Always",
    workingDir: "/app",
    command: ["node"],
    args: ["apps/task-api/src/main.ts"],
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  });
  expect(env).toEqual([
    { name: "ALPHA", value: "first" },
    { name: "NODE_OPTIONS", value: "--max-old-space-size=1536" },
    { name: "ZEBRA", value: "last" },
  ]);
  expect(resources).toEqual({
    requests: { cpu: "500m", memory: "512Mi" },
    limits: { cpu: "2", memory: "2Gi" },
  });
  expect(lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
});

test("each probe asks the admin port by name, for its own path", async () => {
  const { ports, startupProbe, readinessProbe, livenessProbe } = container(await planWorkload());
  expect(ports).toEqual([
    { name: "http", containerPort: 8080 },
    { name: "admin", containerPort: 9090 },
  ]);
  const admin = (path: string) => ({ httpGet: { path, port: "admin" }, timeoutSeconds: 2 });
  expect(startupProbe).toEqual({ ...admin("/startupz"), periodSeconds: 2, failureThreshold: 30 });
  expect(readinessProbe).toEqual({ ...admin("/readyz"), periodSeconds: 5, failureThreshold: 2 });
  expect(livenessProbe).toEqual({ ...admin("/livez"), periodSeconds: 10, failureThreshold: 3 });
});

test("pods of one rollout are spread over zones and never share a host, where that is required", async () => {
  const { affinity, topologySpreadConstraints } = pod(await planWorkload());
  expect(topologySpreadConstraints).toEqual([
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      labelSelector: { matchLabels },
      matchLabelKeys: ["pod-template-hash"],
    },
  ]);
  expect(affinity).toEqual({
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: "kubernetes.io/hostname",
          labelSelector: { matchLabels },
          matchLabelKeys: ["pod-template-hash"],
        },
      ],
    },
  });
});

test("where spread is only preferred a pod rather shares a host than waits", async () => {
  const { affinity, topologySpreadConstraints } = pod(
    await planWorkload({ settings: { zoneSpread: "prefer" } }),
  );
  expect(topologySpreadConstraints).toMatchObject([{ whenUnsatisfiable: "ScheduleAnyway" }]);
  expect(affinity).toMatchObject({
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname" } },
      ],
    },
  });
});

test("the autoscaler follows CPU and memory, up by doubling and down by quarters", async () => {
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

test("a drain keeps the promised pods, evicts broken ones, and is free where nothing is promised", async () => {
  expect(spec(await planWorkload(), "kubernetes:policy/v1:PodDisruptionBudget")).toEqual({
    minAvailable: 2,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels },
  });
  const free = await planWorkload({ settings: { keepAvailable: 0 } });
  expect(free.all("kubernetes:policy/v1:PodDisruptionBudget")).toEqual([]);
});

test("a service is reached inside the cluster by the names of its ports; who has none has no service", async () => {
  const { spec: service } = (await planWorkload()).one("kubernetes:core/v1:Service").inputs;
  expect(service).toEqual({
    type: "ClusterIP",
    trafficDistribution: "PreferSameZone",
    selector: matchLabels,
    ports: [{ name: "http", port: 8080, targetPort: "http", protocol: "TCP" }],
  });
  const worker = await planWorkload({ ports: [], ingress: [] });
  expect(worker.all("kubernetes:core/v1:Service")).toEqual([]);
  expect(spec(worker, "kubernetes:networking.k8s.io/v1:NetworkPolicy").ingress).toEqual([]);
});

test("traffic goes only where it is listed, and to the cluster's DNS", async () => {
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

test("pods wait for what no input shows", async () => {
  const plan = await planProgram(() => {
    const first = new k8s.core.v1.ConfigMap("first", { metadata: { name: "first" } });
    new Workload("api", { ...baseArgs, waitFor: [first] });
  });
  const first = plan.one("kubernetes:core/v1:ConfigMap");
  expect(plan.one(deploymentType).options.dependencies).toContain(first.urn);
});

test("secrets are files of their own folders, readable for the pod's group alone, and the pod waits for them", async () => {
  const plan = await planWorkload({ secretFolders: { registry: "/app/secrets/registry" } });
  expect(pod(plan).volumes).toEqual([
    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
    { name: "secret-registry", secret: { secretName: "registry", defaultMode: 0o440, optional: false } },
  ]);
  expect(container(plan).volumeMounts).toEqual([
    { name: "tmp", mountPath: "/tmp" },
    { name: "secret-registry", mountPath: "/app/secrets/registry", readOnly: true },
  ]);
});
