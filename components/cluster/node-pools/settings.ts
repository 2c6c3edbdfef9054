import type { NodePool } from "./placement.ts";

/** The nodes of one pool, in every zone of the network. */
export interface NodeGroupSettings {
  /**
   * `per-zone` makes one managed node group in each zone. The autoscaler then knows in which zone a new node starts, which a pod
   * with a required spread waits for. `over-zones` makes one group, and AWS chooses the zone of a new node.
   */
  readonly groups: "per-zone" | "over-zones";
  /** All of one architecture; spot needs four or more. */
  readonly instanceTypes: readonly string[];
  readonly capacityType: "on-demand" | "spot";
  /** Of the whole pool, whatever its groups are. */
  readonly minNodes: number;
  /** Of the whole pool. With `per-zone`, the zones that are left after the loss of one have their share of it, and no more. */
  readonly maxNodes: number;
  readonly diskGiB: number;
}

/** The settings of each node pool. */
export type NodeGroupsSettings = Readonly<Record<NodePool, NodeGroupSettings>>;
