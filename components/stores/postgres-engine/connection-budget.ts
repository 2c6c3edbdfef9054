import type { Problem } from "../../base/core/index.ts";
import { instanceClasses, maxConnections } from "./instance-classes.ts";

/** The connections that one workload may open at its largest. */
export interface ConnectionPool {
  readonly workload: string;
  /** At the top of its autoscaling. */
  readonly maxReplicas: number;
  /** Connections of one replica. */
  readonly poolSize: number;
}

/** The rest is for migrations, operators, monitoring, and the old pods of a rollout that have not gone yet. */
export const usableConnectionsPercent = 80;

/** Whether all workloads together, at their largest, still find a connection. */
export function connectionProblems(budget: {
  readonly instanceClass: string;
  readonly pools: readonly ConnectionPool[];
}): Problem[] {
  const instanceClass = instanceClasses[budget.instanceClass];
  if (!instanceClass) return []; // Named by checkPostgresSettings.
  const limit = maxConnections(instanceClass);
  const usable = Math.floor((limit * usableConnectionsPercent) / 100);
  const wanted = budget.pools.reduce((sum, pool) => sum + pool.maxReplicas * pool.poolSize, 0);
  if (wanted <= usable) return [];
  const parts = budget.pools.map((pool) => `${pool.workload} ${pool.maxReplicas} × ${pool.poolSize}`);
  return [
    {
      argument: "connectionPools",
      given: `${wanted} connections (${parts.join(", ")})`,
      allowed: `${usable}, ${usableConnectionsPercent} % of the ${limit} of ${budget.instanceClass}`,
      fix: "lower a pool or its replicas, or take a class with more memory",
    },
  ];
}
