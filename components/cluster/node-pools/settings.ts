import { group, list, number, type Settings, text, word } from "../../base/core/settings.ts";
import type { NodePool } from "./placement.ts";

/** The nodes of one pool, in every zone of the network. */
const nodeGroupSettings = group({
  /**
   * `per-zone` makes one managed node group in each zone. The autoscaler then knows in which zone a new node starts, which a pod
   * with a required spread waits for. `over-zones` makes one group, and AWS chooses the zone of a new node.
   */
  groups: word("per-zone", "over-zones"),
  /** All of one architecture; spot needs four or more. */
  instanceTypes: list(text("m7g.large")),
  capacityType: word("on-demand", "spot"),
  /** Of the whole pool, whatever its groups are. */
  minNodes: number(),
  /** Of the whole pool. With `per-zone`, the zones that are left after the loss of one have their share of it, and no more. */
  maxNodes: number(),
  diskGiB: number(),
});

export type NodeGroupSettings = Settings<typeof nodeGroupSettings>;

/** The settings of each node pool. */
export const nodeGroupsSettings = group({
  system: nodeGroupSettings,
  application: nodeGroupSettings,
  worker: nodeGroupSettings,
} satisfies Readonly<Record<NodePool, unknown>>);

export type NodeGroupsSettings = Settings<typeof nodeGroupsSettings>;
