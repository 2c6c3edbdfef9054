import { platform } from "../../base/core/settings.ts";

/** In the order they are created. `system` is for controllers and tainted, `application` for the API, `worker` for workers. */
export const nodePools = ["system", "application", "worker"] as const;

export type NodePool = (typeof nodePools)[number];

/** Label of every node. Pods choose their node pool by it. */
export const nodePoolLabel = `${platform.name}/pool`;

/** Taint of the system nodes: pods that do not tolerate it stay off them. The EKS add-ons tolerate this key by default. */
export const systemTaintKey = "CriticalAddonsOnly";

/** Places a controller on the system nodes, in the form of a pod spec. */
export const systemPlacement = {
  nodeSelector: { [nodePoolLabel]: "system" },
  tolerations: [{ key: systemTaintKey, operator: "Exists" }],
} as const;
