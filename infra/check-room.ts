import type { Problem } from "../components/base/core/index.ts";
import { nodeRoom } from "../components/cluster/node-pools/index.ts";
import { cpuMillis, memoryBytes } from "../components/cluster/workload/index.ts";
import type { EnvironmentSpec } from "../stacks/index.ts";
import { poolOf, type WorkloadKey } from "./capacity.ts";

/**
 * Nodes that cannot hold one replica of every workload of their pool, which is what each holds where replicas are on
 * hosts of their own. A pod that fits no node waits for ever, and the node autoscaler starts none for it. A stopped
 * workload takes its room too.
 */
export function roomProblems({ cluster, workloads }: EnvironmentSpec): Problem[] {
  const keys = Object.keys(workloads) as WorkloadKey[];
  return [...new Set(Object.values(poolOf))].flatMap((pool) => {
    const inPool = keys.filter((key) => poolOf[key] === pool);
    const wanted = {
      cpuMillis: sum(inPool.map((key) => cpuMillis(workloads[key].requests.cpu) ?? 0)),
      memoryMiB: sum(inPool.map((key) => (memoryBytes(workloads[key].requests.memory) ?? 0) / 1024 ** 2)),
    };
    return cluster.nodeGroups[pool].instanceTypes.flatMap((type) => {
      const room = nodeRoom(type);
      if (!room || (room.cpuMillis >= wanted.cpuMillis && room.memoryMiB >= wanted.memoryMiB)) return [];
      return [
        {
          argument: `cluster.nodeGroups.${pool}.instanceTypes`,
          given: `"${type}", with room for ${room.cpuMillis}m and ${room.memoryMiB}Mi`,
          allowed: `room for one replica of ${inPool.join(" and ")}: ${wanted.cpuMillis}m and ${wanted.memoryMiB}Mi`,
          fix: "take a larger type, or lower the requests of the workloads",
        },
      ];
    });
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
