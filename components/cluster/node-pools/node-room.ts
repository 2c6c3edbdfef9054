import { parseInstanceType } from "./instance-types.ts";
import { maxPodsPerNode } from "./user-data.ts";

/** What the requests of our pods may add up to on one node. */
export interface NodeRoom {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** GiB per CPU, by series; burstable types from "large" up are like m. */
const gibibytesPerCpu = { c: 2, m: 4, r: 8, t: 4 } as const;

/**
 * What the node keeps for itself. EKS reserves 11 MiB per pod plus 255 MiB, 100 MiB for evictions, and about 80m CPU
 * (awslabs/amazon-eks-ami, bootstrap script: memory and CPU to reserve for kubeReserved). The agents of a node (network, disks, Pod Identity, logs) take some 300 MiB and 200m more.
 */
const reserved = { cpuMillis: 80 + 200, memoryMiB: 11 * maxPodsPerNode + 255 + 100 + 300 };

/** The room of an instance type; undefined where the name does not say the size: metal, or smaller than large. */
export function nodeRoom(name: string): NodeRoom | undefined {
  const type = parseInstanceType(name);
  const [, times, size] = /^(\d*)(x?large)$/.exec(type?.size ?? "") ?? [];
  if (type === undefined || size === undefined) return undefined;
  const cpus = size === "large" ? 2 : 4 * Number(times === "" ? 1 : times);
  return {
    cpuMillis: cpus * 1000 - reserved.cpuMillis,
    memoryMiB: cpus * gibibytesPerCpu[type.series] * 1024 - reserved.memoryMiB,
  };
}
