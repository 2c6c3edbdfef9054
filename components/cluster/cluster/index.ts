export type { ClusterArgs } from "./args.ts";
export { checkClusterSettings } from "./check-settings.ts";
export { Cluster } from "./cluster.ts";
export { nodeRoom } from "./node-room.ts";
export { maxPodsPerNode } from "./node-user-data.ts";
export { PodIdentity, type PodIdentityArgs } from "./pod-identity.ts";
export { type NodePool, nodePoolLabel, nodePools, systemPlacement } from "./pools.ts";
export type { ClusterSettings, NodeGroupSettings } from "./settings.ts";
export { kubernetesVersions, supportProblems } from "./versions.ts";
