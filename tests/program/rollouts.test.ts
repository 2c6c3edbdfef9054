import { expect, test } from "vitest";
import type { Plan, PlannedResource } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

interface DeploymentSpec {
  readonly progressDeadlineSeconds: number;
  readonly minReadySeconds: number;
  readonly strategy: { readonly rollingUpdate: { readonly maxSurge: string } };
  readonly template: {
    readonly spec: {
      readonly terminationGracePeriodSeconds: number;
      readonly containers: readonly {
        readonly startupProbe: { readonly periodSeconds: number; readonly failureThreshold: number };
      }[];
    };
  };
}

/** Minutes that a deploy waits, in seconds. */
function waited({ options }: PlannedResource, operation: "create" | "update"): number {
  return Number(/^(\d+)m$/.exec(options.customTimeouts[operation] ?? "")?.[1] ?? Number.NaN) * 60;
}

/** Seconds of the slowest rollout at the most replicas, from the manifest alone: without the time for a new node. */
function slowest(plan: Plan, { name, inputs }: PlannedResource): number {
  const spec = inputs.spec as DeploymentSpec;
  const scaler = plan
    .all("kubernetes:autoscaling/v2:HorizontalPodAutoscaler")
    .find((one) => one.name === name);
  const replicas = Number((scaler?.inputs.spec as { maxReplicas?: number } | undefined)?.maxReplicas ?? 1);
  const surge = Math.ceil((replicas * Number.parseInt(spec.strategy.rollingUpdate.maxSurge, 10)) / 100);
  const pod = spec.template.spec;
  const [container] = pod.containers;
  const start =
    (container?.startupProbe.periodSeconds ?? 0) * (container?.startupProbe.failureThreshold ?? 0);
  return Math.ceil(replicas / surge) * (start + spec.minReadySeconds + pod.terminationGracePeriodSeconds);
}

test.each(environments)(
  "in %s a deploy waits longer than the slowest rollout and the longest migration take",
  async (environment) => {
    const plan = await planOf(environment);
    const deployments = plan.all("kubernetes:apps/v1:Deployment");
    expect(deployments).toHaveLength(4);
    for (const deployment of deployments) {
      const { progressDeadlineSeconds } = deployment.inputs.spec as DeploymentSpec;
      for (const operation of ["create", "update"] as const) {
        expect(waited(deployment, operation)).toBeGreaterThan(slowest(plan, deployment) + 300);
        // Kubernetes then says why a rollout hangs, instead of Pulumi that it has waited.
        expect(waited(deployment, operation)).toBeGreaterThan(progressDeadlineSeconds);
      }
    }
    const jobs = plan.all("kubernetes:batch/v1:Job");
    expect(jobs).toHaveLength(1);
    for (const job of jobs) {
      const { activeDeadlineSeconds } = job.inputs.spec as { activeDeadlineSeconds: number };
      expect(waited(job, "create")).toBeGreaterThan(activeDeadlineSeconds);
    }
  },
);

test.each(environments)(
  "in %s a deploy waits for pods by their Deployment, and not by a Service",
  async (environment) => {
    const services = (await planOf(environment)).all("kubernetes:core/v1:Service");
    expect(services.length).toBeGreaterThan(0);
    for (const { inputs } of services)
      expect(inputs.metadata).toMatchObject({ annotations: { "pulumi.com/skipAwait": "true" } });
  },
);
