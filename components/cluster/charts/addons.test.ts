import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import {
  autoscalerStatements,
  ClusterControllers,
  charts,
  controllerStatements,
  createTargetGroupBinding,
} from "./index.ts";

function planAddons() {
  return planProgram(() => {
    const kubernetesProvider = new k8s.Provider("kubernetes", { kubeconfig: "{}" });
    const ready = new k8s.core.v1.Namespace("nodes", {}, { provider: kubernetesProvider });
    const addons = new ClusterControllers("addons", {
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
      { provider: kubernetesProvider, dependsOn: [addons.loadBalancerController] },
    );
  });
}

const releaseType = "kubernetes:helm.sh/v3:Release";

test("Every chart is pinned, rolled back as a whole, and placed on the system pool", async () => {
  const releases = (await planAddons()).all(releaseType);
  expect(releases.map(({ inputs }) => [inputs.chart, inputs.version, inputs.repositoryOpts])).toEqual(
    [charts.clusterAutoscaler, charts.loadBalancerController].map(({ chart, version, repository }) => [
      chart,
      version,
      { repo: repository },
    ]),
  );
  for (const { inputs } of releases) {
    expect([inputs.atomic, inputs.cleanupOnFail]).toEqual([true, true]);
    expect(inputs.values).toMatchObject({
      nodeSelector: { "task-platform/pool": "system" },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
    });
  }
});

test("The controllers hold no rights of root, and cannot gain any", async () => {
  const context = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  };
  // Each chart has its own word for the same thing.
  const own = (await planAddons()).all(releaseType).map(({ inputs }) => {
    const values = inputs.values as Readonly<Record<string, unknown>>;
    return values.containerSecurityContext ?? values.securityContext;
  });
  expect(own).toEqual([context, context]);
});

test("Nodes and the pod's own role are there before a chart is installed", async () => {
  const plan = await planAddons();
  const nodes = plan.one("kubernetes:core/v1:Namespace").urn;
  for (const [name, chart] of [
    ["addons-autoscaler", charts.clusterAutoscaler],
    ["addons-load-balancers", charts.loadBalancerController],
  ] as const) {
    const release = plan.one(releaseType, name);
    const association = plan.one("aws:eks/podIdentityAssociation:PodIdentityAssociation", name);
    expect(release.options.dependencies).toContain(nodes);
    expect(release.options.dependencies).toContain(association.urn);
    expect(association.inputs.serviceAccount).toBe(chart.serviceAccount);
  }
});

test("The controller is told where it is, and leaves load balancers, firewall and groups to the program", async () => {
  const { values } = (await planAddons()).one(releaseType, "addons-load-balancers").inputs;
  expect(values).toMatchObject({
    clusterName: "task-test",
    region: "us-east-1",
    vpcId: "vpc-1",
    enableShield: false,
    enableWafv2: false,
    enableBackendSecurityGroup: false,
    createIngressClassResource: false,
  });
});

test("The autoscaler is of the cluster's minor and finds its own groups only", async () => {
  const { values } = (await planAddons()).one(releaseType, "addons-autoscaler").inputs;
  expect(values).toMatchObject({
    awsRegion: "us-east-1",
    autoDiscovery: { clusterName: "task-test" },
    image: { tag: "v1.36.0" },
  });
});

test("What the controllers may change is bound to target groups of the account and to groups of the cluster", () => {
  const changes = [
    ...controllerStatements("111111111111", "us-east-1"),
    ...autoscalerStatements("task-test"),
  ].filter(({ sid }) => sid !== "Describe");
  expect(changes.map(({ actions, resources, conditions }) => [actions, resources, conditions])).toEqual([
    [
      ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      ["arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/*/*"],
      undefined,
    ],
    [
      ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      ["*"],
      { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/task-test": "owned" } },
    ],
  ]);
  const described = [...controllerStatements("1", "r"), ...autoscalerStatements("c")].filter(
    ({ sid }) => sid === "Describe",
  );
  const writes = described
    .flatMap(({ actions }) => actions)
    .filter((action) => !/:(Describe|Get)/.test(action));
  expect(writes).toEqual([]);
});

test("Pods come into the target group of the program, after the controller and without rules of its own", async () => {
  const plan = await planAddons();
  const binding = plan.one("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding");
  expect(binding.inputs.spec).toEqual({
    serviceRef: { name: "task-api", port: "http" },
    targetGroupARN: "arn:group",
    targetType: "ip",
    vpcID: "vpc-1",
  });
  expect(binding.options.dependencies).toContain(plan.one(releaseType, "addons-load-balancers").urn);
});
