import { type Problem, unless } from "../../base/core/index.ts";
import { instanceClasses, maxConnections } from "./instance-classes.ts";

/** The connection pools of one workload. */
export interface ConnectionPool {
  readonly workload: string;
  /** The most replicas of the workload. */
  readonly maxReplicas: number;
  /** Connections of one replica. */
  readonly poolSize: number;
}

/** The rest is for migrations, operators, monitoring, and the old pods of a rollout that still run. */
export const usableConnectionsPercent = 80;

/** Checks that the connection pools of all workloads fit together, each workload with its most replicas. */
export function connectionProblems(budget: {
  readonly instanceClass: string;
  readonly pools: readonly ConnectionPool[];
}): Problem[] {
  const instanceClass = instanceClasses[budget.instanceClass];
  if (!instanceClass) return []; // The check of the settings names it.
  const limit = maxConnections(instanceClass);
  const usable = Math.floor((limit * usableConnectionsPercent) / 100);
  const wanted = budget.pools.reduce((sum, pool) => sum + pool.maxReplicas * pool.poolSize, 0);
  const parts = budget.pools.map((pool) => `${pool.workload} ${pool.maxReplicas} × ${pool.poolSize}`);
  return unless(wanted <= usable, {
    argument: "connectionPools",
    given: `${wanted} connections (${parts.join(", ")})`,
    allowed: `${usable}, ${usableConnectionsPercent} % of the ${limit} of ${budget.instanceClass}`,
    fix: "make a connection pool smaller, allow fewer replicas, or choose a class with more memory",
  });
}
