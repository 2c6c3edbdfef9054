import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { type Chart, charts } from "./charts.ts";
import { autoscalerStatements } from "./cluster-autoscaler.ts";
import { ClusterControllers, createTargetGroupBinding } from "./index.ts";
import { loadBalancerStatements } from "./load-balancer-controller.ts";

const plan = await planProgram(() => {
  const kubernetesProvider = new k8s.Provider("kubernetes", { kubeconfig: "{}" });
  const ready = new k8s.core.v1.Namespace("nodes", {}, { provider: kubernetesProvider });
  const controllers = new ClusterControllers("addons", {
    clusterName: "task-test",
    clusterLabel: "task-test",
    clusterArn: "arn:aws:eks:us-east-1:111111111111:cluster/task-test",
    kubernetesVersion: "1.36",
    vpcId: "vpc-1",
    accountId: "111111111111",
    region: "us-east-1",
    kubernetesProvider,
    waitFor: [ready],
  });
  createTargetGroupBinding(
    "api-rest",
    {
      namespace: "tasks",
      service: "task-api",
      port: "http",
      targetGroupArn: "arn:group",
      vpcId: "vpc-1",
    },
    { provider: kubernetesProvider, dependsOn: [controllers.loadBalancerController] },
  );
});

const releaseType = "kubernetes:helm.sh/v3:Release";

/** Inputs that every release has, whatever its chart. */
function release(chart: Chart, values: object) {
  const pods = {
    labelSelector: { matchLabels: { "app.kubernetes.io/instance": chart.chart } },
    matchLabelKeys: ["pod-template-hash"],
  };
  return {
    name: chart.chart,
    chart: chart.chart,
    version: chart.version,
    namespace: chart.namespace,
    repositoryOpts: { repo: chart.repository },
    atomic: true,
    cleanupOnFail: true,
    maxHistory: 5,
    timeout: 600,
    compat: "true", // The SDK adds it.
    values: {
      nodeSelector: { "task-platform/pool": "system" },
      tolerations: [
        { key: "CriticalAddonsOnly", operator: "Exists" },
        ...["not-ready", "unreachable"].map((state) => ({
          key: `node.kubernetes.io/${state}`,
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 60,
        })),
      ],
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          nodeTaintsPolicy: "Honor",
          ...pods,
        },
      ],
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", ...pods } },
          ],
        },
      },
      replicaCount: 2,
      ...values,
    },
  };
}

const resources = (memory: string) => ({
  requests: { cpu: "100m", memory, "ephemeral-storage": "128Mi" },
  limits: { cpu: "500m", memory, "ephemeral-storage": "512Mi" },
});

const podSecurityContext = {
  runAsNonRoot: true,
  runAsUser: 10001,
  runAsGroup: 10001,
  fsGroup: 10001,
  seccompProfile: { type: "RuntimeDefault" },
};

const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

test("the load balancer controller has exactly these values, and manages neither load balancers nor the firewall", () => {
  expect(plan.one(releaseType, "addons-load-balancers").inputs).toEqual(
    release(charts.loadBalancerController, {
      clusterName: "task-test",
      region: "us-east-1",
      vpcId: "vpc-1",
      serviceAccount: { name: "aws-load-balancer-controller" },
      enableShield: false,
      enableWafv2: false,
      enableBackendSecurityGroup: false,
      createIngressClassResource: false,
      enableServiceMutatorWebhook: false,
      podDisruptionBudget: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
      resources: resources("256Mi"),
      podSecurityContext,
      securityContext,
    }),
  );
});

test("the cluster autoscaler has exactly these values, and the minor of the cluster", () => {
  expect(plan.one(releaseType, "addons-autoscaler").inputs).toEqual(
    release(charts.clusterAutoscaler, {
      cloudProvider: "aws",
      awsRegion: "us-east-1",
      autoDiscovery: { clusterName: "task-test" },
      image: { tag: "v1.36.0" },
      rbac: { serviceAccount: { name: "cluster-autoscaler" } },
      extraArgs: {
        "balance-similar-node-groups": true,
        expander: "least-waste",
        "skip-nodes-with-local-storage": false,
        "skip-nodes-with-system-pods": false,
      },
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: resources("600Mi"),
      securityContext: podSecurityContext,
      containerSecurityContext: securityContext,
    }),
  );
});

test("a chart is installed after the nodes and the AWS role of its pods", () => {
  const nodes = plan.one("kubernetes:core/v1:Namespace").urn;
  for (const [name, chart] of [
    ["addons-autoscaler", charts.clusterAutoscaler],
    ["addons-load-balancers", charts.loadBalancerController],
  ] as const) {
    const association = plan.one("aws:eks/podIdentityAssociation:PodIdentityAssociation", name);
    expect(association.inputs).toMatchObject({
      namespace: "kube-system",
      serviceAccount: chart.serviceAccount,
    });
    expect(plan.one(releaseType, name).options.dependencies).toEqual(
      expect.arrayContaining([nodes, association.urn]),
    );
  }
});

test("the controllers may change target groups of the account and autoscaling groups of the cluster only", () => {
  const statements = [
    ...loadBalancerStatements("111111111111", "us-east-1"),
    ...autoscalerStatements("task-test"),
  ];
  const describes = statements.filter(({ sid }) => sid === "Describe").flatMap(({ actions }) => actions);
  expect(describes.filter((action) => !/:(Describe|Get)/.test(action))).toEqual([]);
  expect(statements.filter(({ sid }) => sid !== "Describe")).toEqual([
    {
      sid: "RegisterTargets",
      actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      resources: ["arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/*/*"],
    },
    {
      sid: "Scale",
      actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      resources: ["*"],
      conditions: {
        StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/task-test": "owned" },
      },
    },
  ]);
});

test("a target group binding waits for the controller, and has no rules of security groups", () => {
  const binding = plan.one("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding");
  expect(binding.inputs).toMatchObject({ metadata: { name: "api-rest", namespace: "tasks" } });
  expect(binding.inputs.spec).toEqual({
    serviceRef: { name: "task-api", port: "http" },
    targetGroupARN: "arn:group",
    targetType: "ip",
    vpcID: "vpc-1",
  });
  expect(binding.options.dependencies).toContain(plan.one(releaseType, "addons-load-balancers").urn);
});
