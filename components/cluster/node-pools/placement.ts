import { platform } from "../../base/core/settings.ts";

/** In the order they are created. `system` is for controllers and tainted, `application` for the API, `worker` for workers. */
export const nodePools = ["system", "application", "worker"] as const;

export type NodePool = (typeof nodePools)[number];

/** Label of every node. Pods choose their node pool by it. */
export const nodePoolLabel = `${platform.name}/pool`;

/** Taint of the system nodes: pods that do not tolerate it stay off them. The EKS add-ons tolerate this key by default. */
export const systemTaintKey = "CriticalAddonsOnly";

/** Seconds that a pod stays on a node that does not answer. Kubernetes notices after 50 s, and waits 300 s by default. */
const deadNodeSeconds = 60;

/**
 * Tolerations of pods that this program places: a pod leaves a node that is lost after a minute instead of five. They are of NoExecute only, so that
 * such a node still repels new pods, and is not counted by a spread.
 */
export const leavesDeadNodes = ["not-ready", "unreachable"].map((state) => ({
  key: `node.kubernetes.io/${state}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: deadNodeSeconds,
}));

/** Places a controller on the system nodes, in the form of a pod spec. */
export const systemPlacement = {
  nodeSelector: { [nodePoolLabel]: "system" },
  tolerations: [{ key: systemTaintKey, operator: "Exists" }],
} as const;
