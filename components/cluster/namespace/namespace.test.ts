import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { WorkloadNamespace } from "./index.ts";

test("a namespace is exactly these objects", async () => {
  const plan = await planProgram(() => {
    const { namespace } = new WorkloadNamespace("tasks", {
      namespace: "tasks",
      maxPods: 60,
      kubernetesVersion: "1.36",
      labels: { owner: "platform" },
    });
    return { namespace };
  });
  const labels = {
    "app.kubernetes.io/name": "tasks",
    "app.kubernetes.io/part-of": "task-platform",
    "app.kubernetes.io/managed-by": "pulumi",
    owner: "platform",
  };
  const objects = plan.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  expect(
    objects.map(({ type, name, inputs: { metadata, spec } }) => ({ type, name, metadata, spec })),
  ).toEqual([
    {
      type: "kubernetes:core/v1:LimitRange",
      name: "tasks",
      metadata: { name: "defaults", namespace: "tasks", labels },
      spec: {
        limits: [
          {
            type: "Container",
            default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "512Mi" },
            defaultRequest: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "128Mi" },
          },
        ],
      },
    },
    {
      type: "kubernetes:core/v1:Namespace",
      name: "tasks",
      metadata: {
        name: "tasks",
        labels: {
          ...labels,
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/enforce-version": "v1.36",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/audit-version": "v1.36",
          "pod-security.kubernetes.io/warn": "restricted",
          "pod-security.kubernetes.io/warn-version": "v1.36",
          "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
        },
      },
    },
    {
      type: "kubernetes:core/v1:ResourceQuota",
      name: "tasks",
      metadata: { name: "quota", namespace: "tasks", labels },
      spec: { hard: { pods: "60", "services.loadbalancers": "0", "services.nodeports": "0" } },
    },
    {
      type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      name: "tasks-default-deny",
      metadata: { name: "default-deny", namespace: "tasks", labels },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
  ]);
  expect(plan.outputs.namespace).toBe("tasks");
});
