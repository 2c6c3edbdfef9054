import type { NodePool } from "./placement.ts";

/** A managed node group, spread over every zone of the network. */
export interface NodeGroupSettings {
  /** All of one architecture; spot needs four or more. */
  readonly instanceTypes: readonly string[];
  readonly capacityType: "on-demand" | "spot";
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly diskGiB: number;
}

/** One node group for each node pool. */
export type NodeGroupsSettings = Readonly<Record<NodePool, NodeGroupSettings>>;
