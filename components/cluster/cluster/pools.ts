import type { ClusterSettings } from "./settings.ts";

export type NodePool = keyof ClusterSettings["nodeGroups"];

/** In the order they are created. */
export const nodePools = ["system", "application", "worker"] as const satisfies readonly NodePool[];

/** Label every node carries; pods choose their pool by it. */
export const nodePoolLabel = "task-platform/pool";

/** Keeps everything that does not tolerate it off the system pool; the add-ons of AWS know the key. */
export const systemTaintKey = "CriticalAddonsOnly";

/** How a controller gets onto the system pool, in the form of a pod spec. */
export const systemPlacement = {
  nodeSelector: { [nodePoolLabel]: "system" },
  tolerations: [{ key: systemTaintKey, operator: "Exists" }],
} as const;
