import type { Problem } from "../../components/base/core/index.ts";
import { nodeRoom } from "../../components/cluster/node-pools/index.ts";
import { cpuMillis, memoryBytes } from "../../components/cluster/workload/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";
import { type RoleFacts, settingsOf } from "./roles.ts";

/**
 * Node types that cannot hold one replica of every role of their node pool. With replicas on hosts of their own, each
 * node holds exactly that. A pod that fits no node stays pending for ever, and the node autoscaler starts no node for it.
 * Stopped roles count too.
 */
export function nodeRoomProblems(spec: EnvironmentSpec, roles: readonly RoleFacts[]): Problem[] {
  const nodePools = [...new Set(roles.map((role) => role.nodePool))];
  return nodePools.flatMap((nodePool) => {
    const keys = roles.filter((role) => role.nodePool === nodePool).map(({ key }) => key);
    const requests = keys.map((key) => settingsOf(spec, key).requests);
    const wanted = {
      cpuMillis: sum(requests.map(({ cpu }) => cpuMillis(cpu) ?? 0)),
      memoryMiB: sum(requests.map(({ memory }) => (memoryBytes(memory) ?? 0) / 1024 ** 2)),
    };
    return spec.cluster.nodeGroups[nodePool].instanceTypes.flatMap((type) => {
      const room = nodeRoom(type);
      if (!room || (room.cpuMillis >= wanted.cpuMillis && room.memoryMiB >= wanted.memoryMiB)) return [];
      return [
        {
          argument: `cluster.nodeGroups.${nodePool}.instanceTypes`,
          given: `"${type}", with room for ${room.cpuMillis}m and ${room.memoryMiB}Mi`,
          allowed: `room for one replica of ${keys.join(" and ")}: ${wanted.cpuMillis}m and ${wanted.memoryMiB}Mi`,
          fix: "choose a larger type, or lower the requests of the workloads",
        },
      ];
    });
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
