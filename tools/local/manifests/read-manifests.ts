import type { Plan } from "../../plan/index.ts";
import type { Container, DeploymentManifest, JobManifest, Manifests, Probe, TopicManifest } from "./types.ts";

type Json = Readonly<Record<string, unknown>>;

/** Reads a resolved plan. @throws Error when a part that the environment needs is missing. */
export function readManifests(plan: Plan): Manifests {
  const replicas = autoscaledReplicas(plan);
  const instance = plan
    .all("aws:rds/instance:Instance")
    .map(({ inputs }) => inputs)
    .find((inputs) => inputs.dbName !== undefined);
  if (!instance) throw new Error("the plan has no RDS instance with a database (input dbName)");
  const manifests: Manifests = {
    database: { name: String(instance.dbName), owner: String(instance.username) },
    topics: plan.all("aws:msk/topic:Topic").map(({ inputs }) => toTopic(inputs)),
    jobs: plan.all("kubernetes:batch/v1:Job").map(({ inputs }) => toJob(inputs)),
    deployments: plan
      .all("kubernetes:apps/v1:Deployment")
      .map(({ inputs }) => toDeployment(inputs, replicas)),
  };
  const missing = (["topics", "jobs", "deployments"] as const).filter((part) => manifests[part].length === 0);
  if (missing.length > 0) throw new Error(`the plan has no ${missing.join(", no ")}`);
  return manifests;
}

function toTopic(inputs: Json): TopicManifest {
  return {
    name: String(inputs.name),
    partitions: Number(inputs.partitionCount),
    replicationFactor: Number(inputs.replicationFactor),
    configs: JSON.parse(text(inputs.configs, "{}")) as Record<string, string>,
  };
}

function toJob(inputs: Json): JobManifest {
  const spec = object(inputs.spec);
  const name = String(object(inputs.metadata).name);
  return {
    name,
    backoffLimit: Number(spec.backoffLimit ?? 6), // the default of Kubernetes
    deadlineSeconds: Number(spec.activeDeadlineSeconds ?? 600),
    containers: containersOf(name, spec),
  };
}

function toDeployment(inputs: Json, replicas: ReadonlyMap<string, number>): DeploymentManifest {
  const spec = object(inputs.spec);
  const name = String(object(inputs.metadata).name);
  return {
    name,
    // An autoscaler does not change 0 replicas, so 0 wins over its minimum.
    replicas: spec.replicas === 0 ? 0 : (replicas.get(name) ?? Number(spec.replicas ?? 1)),
    graceSeconds: Number(object(object(spec.template).spec).terminationGracePeriodSeconds ?? 30),
    containers: containersOf(name, spec),
  };
}

function autoscaledReplicas(plan: Plan): ReadonlyMap<string, number> {
  return new Map(
    plan.all("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").map(({ inputs }) => {
      const spec = object(inputs.spec);
      return [String(object(spec.scaleTargetRef).name), Number(spec.minReplicas)];
    }),
  );
}

function containersOf(workload: string, spec: Json): Container[] {
  return list(object(object(spec.template).spec).containers).map((container) => ({
    workload,
    command: list(container.command).map(String),
    args: list(container.args).map(String),
    env: Object.fromEntries(
      list(container.env).map((variable) => [String(variable.name), envValue(variable)]),
    ),
    ports: Object.fromEntries(
      list(container.ports).map((port) => [String(port.name), Number(port.containerPort)]),
    ),
    probes: {
      ...probe("startup", container.startupProbe),
      ...probe("readiness", container.readinessProbe),
      ...probe("liveness", container.livenessProbe),
    },
  }));
}

/**
 * `valueFrom` needs a cluster. A manifest that uses it is refused, because the process would start without the variable. Only
 * the name of the pod has a counterpart here, which takes the place of the empty value.
 */
function envValue({ name, value, valueFrom }: Json): string {
  if (typeof value === "string") return value;
  if (object(object(valueFrom).fieldRef).fieldPath === "metadata.name") return "";
  throw new Error(`variable ${String(name)} of a manifest has no plain value; npm start cannot run it`);
}

function probe(name: "liveness" | "readiness" | "startup", value: unknown): Record<string, Probe> {
  if (value === undefined) return {};
  const given = object(value);
  const http = object(given.httpGet);
  return {
    [name]: {
      path: String(http.path),
      port: String(http.port),
      // Defaults of Kubernetes.
      periodSeconds: Number(given.periodSeconds ?? 10),
      failureThreshold: Number(given.failureThreshold ?? 3),
      timeoutSeconds: Number(given.timeoutSeconds ?? 1),
    },
  };
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function text(value: unknown, absent: string): string {
  return typeof value === "string" ? value : absent;
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
