import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { WorkloadNamespace } from "./index.ts";

const planNamespace = () =>
  planProgram(() => {
    const made = new WorkloadNamespace("tasks", {
      namespace: "tasks",
      maxPods: 60,
      labels: { owner: "platform" },
    });
    return { namespace: made.namespace };
  });

test("a namespace refuses pods that are not restricted and waits for the load balancer at rollouts", async () => {
  const plan = await planNamespace();
  const { metadata } = plan.one("kubernetes:core/v1:Namespace").inputs;
  expect(metadata).toEqual({
    name: "tasks",
    labels: {
      "app.kubernetes.io/name": "tasks",
      "app.kubernetes.io/part-of": "task-platform",
      "app.kubernetes.io/managed-by": "pulumi",
      owner: "platform",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    },
  });
  expect(plan.outputs.namespace).toBe("tasks");
});

test("until a policy says otherwise nothing comes in and nothing goes out", async () => {
  const { spec, metadata } = (await planNamespace()).one(
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  ).inputs;
  expect(spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  expect(metadata).toMatchObject({ name: "default-deny", namespace: "tasks" });
});

test("pods are bounded, and no service opens a port of its own to the outside", async () => {
  const plan = await planNamespace();
  expect(plan.one("kubernetes:core/v1:ResourceQuota").inputs.spec).toEqual({
    hard: { pods: "60", "services.loadbalancers": "0", "services.nodeports": "0" },
  });
  expect(plan.one("kubernetes:core/v1:LimitRange").inputs.spec).toEqual({
    limits: [
      {
        type: "Container",
        default: { cpu: "500m", memory: "256Mi" },
        defaultRequest: { cpu: "100m", memory: "128Mi" },
      },
    ],
  });
});
