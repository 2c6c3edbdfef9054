import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Workload, type WorkloadArgs, type WorkloadSettings } from "../index.ts";

/** A production-like service; tests change one thing of it. */
export const baseArgs: WorkloadArgs = {
  settings: {
    state: "running",
    minReplicas: 3,
    maxReplicas: 20,
    keepAvailable: 2,
    zoneSpread: "require",
    requests: { cpu: "500m", memory: "512Mi" },
    limits: { cpu: "2", memory: "2Gi" },
  },
  workloadName: "task-api",
  namespace: "tasks",
  image: "registry.example/task-api@sha256:0123",
  args: ["apps/task-api/src/main.ts"],
  env: { ZEBRA: "last", ALPHA: "first" },
  labels: { owner: "platform" },
  ports: [{ name: "http", port: 8080 }],
  adminPort: 9090,
  probePaths: { live: "/livez", ready: "/readyz", startup: "/startupz" },
  graceSeconds: 40,
  preStopSeconds: 10,
  nodePool: { label: "task-platform/pool", value: "application" },
  priorityClass: "task-platform-api",
  zones: 3,
  ingress: [{ ports: [8080], cidrs: ["10.30.136.0/24"] }],
  egress: [{ ports: [5432], cidrs: ["10.30.128.0/24", "10.30.129.0/24"] }],
  waitFor: [],
};

export type WorkloadChanges = Partial<Omit<WorkloadArgs, "settings">> & {
  readonly settings?: Partial<WorkloadSettings>;
};

/** The plan of one workload named "api". */
export function planWorkload(changes: WorkloadChanges = {}): Promise<Plan> {
  const args = { ...baseArgs, ...changes, settings: { ...baseArgs.settings, ...changes.settings } };
  return planProgram(() => {
    const workload = new Workload("api", args);
    return { deploymentName: workload.deploymentName };
  });
}
