import { topics, type WorkloadName, workloads as workloadNames } from "@task-platform/contracts";
import type { ConnectionPool } from "../components/stores/postgres-engine/index.ts";
import type { EnvironmentSpec } from "../stacks/index.ts";

/** Workloads of a page. */
export type WorkloadKey = keyof EnvironmentSpec["workloads"];

/**
 * Connections to PostgreSQL that one replica keeps in its pool: DATABASE_POOL_SIZE of its manifest. Where the database
 * has a read replica the API keeps as many to that, which has a budget of its own and nobody else in it.
 */
export const poolSizes: Readonly<Record<WorkloadKey, number>> = {
  // A write holds one for about 3 ms: ten serve 3,000 a second, more than one process answers.
  api: 10,
  // Six shards publish at once at most, and two are for its metrics.
  relay: 8,
  // One for each of six partitions' transactions, and a reserve for lanes by key.
  processor: 10,
};

/** Beside the pool. Of the API: one that listens for watched changes; of the relay: that, and a lock a shard. */
const directConnections: Readonly<Record<WorkloadKey, number>> = {
  api: 1,
  relay: topics.taskEvents.partitions + 1,
  processor: 0,
};

/** Where a workload runs. */
export const poolOf = {
  api: "application",
  relay: "worker",
  processor: "worker",
} as const satisfies Record<WorkloadKey, keyof EnvironmentSpec["cluster"]["nodeGroups"]>;

/**
 * Replicas that have something to do: a consumer a partition, a relay a shard, and shards are partitions.
 * The API has no such limit.
 */
export const mostReplicas: Readonly<Partial<Record<WorkloadKey, number>>> = {
  relay: topics.taskEvents.partitions,
  processor: topics.taskEvents.partitions,
};

/** Workloads that a page declares and does not run. */
export function stoppedWorkloads(workloads: EnvironmentSpec["workloads"]): WorkloadKey[] {
  return (Object.keys(workloads) as WorkloadKey[]).filter((key) => workloads[key].state === "stopped");
}

/** The same by the names of their Deployments, which alerts and Kubernetes know. */
export function stoppedNames(workloads: EnvironmentSpec["workloads"]): WorkloadName[] {
  return stoppedWorkloads(workloads).map((key) => workloadNames[key]);
}

/**
 * Every pool at its largest, for the budget of the database. A stopped one counts like the others, here and wherever
 * replicas are added up: a failover starts it, and that hour is the wrong one to find out that it does not fit.
 */
export function connectionPools(workloads: EnvironmentSpec["workloads"]): ConnectionPool[] {
  return (Object.keys(workloads) as WorkloadKey[]).map((workload) => ({
    workload,
    maxReplicas: workloads[workload].maxReplicas,
    poolSize: poolSizes[workload] + directConnections[workload],
  }));
}

/** Pods of the namespace at once: every workload at its largest with one of a rollout, and a migration with one retry. Stopped ones too. */
export function mostPods(workloads: EnvironmentSpec["workloads"]): number {
  return Object.values(workloads).reduce((sum, { maxReplicas }) => sum + maxReplicas + 1, 2);
}
