import { parseInstanceType } from "./instance-types.ts";
import { maxPodsPerNode } from "./node-user-data.ts";

/** What requests of our pods may add up to on one node. */
export interface NodeRoom {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** GiB for each CPU, by series; burstable types from "large" up are like m. */
const gibibytesPerCpu = { c: 2, m: 4, r: 8, t: 4 } as const;

/**
 * Kept back by EKS: 11 MiB a pod and 255, 100 for evictions, and about a twelfth of a core (its formula, from memory).
 * The agents of a node (network, disks, Pod Identity, logs) take some 300 MiB and 200m more.
 */
const keptBack = { cpuMillis: 80 + 200, memoryMiB: 11 * maxPodsPerNode + 255 + 100 + 300 };

/** The room of a type, or undefined where its name does not say its size: smaller than large, or metal. */
export function nodeRoom(name: string): NodeRoom | undefined {
  const type = parseInstanceType(name);
  const [, times, size] = /^(\d*)(x?large)$/.exec(type?.size ?? "") ?? [];
  if (type === undefined || size === undefined) return undefined;
  const cpus = size === "large" ? 2 : 4 * Number(times === "" ? 1 : times);
  return {
    cpuMillis: cpus * 1000 - keptBack.cpuMillis,
    memoryMiB: cpus * gibibytesPerCpu[type.series] * 1024 - keptBack.memoryMiB,
  };
}
