export type { NodePoolsArgs } from "./args.ts";
export { checkNodeGroups } from "./check.ts";
export { createNodePools } from "./node-pools.ts";
export { nodeRoom } from "./node-room.ts";
export { leavesDeadNodes, nodePoolLabel, nodePools, systemPlacement } from "./placement.ts";
export type { NodeGroupSettings, NodeGroupsSettings } from "./settings.ts";
