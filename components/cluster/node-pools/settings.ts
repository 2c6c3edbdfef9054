import { group, list, number, type Settings, text, word } from "../../base/core/settings.ts";
import type { NodePool } from "./placement.ts";

/** A managed node group, spread over every zone of the network. */
const nodeGroupSettings = group({
  /** All of one architecture; spot needs four or more. */
  instanceTypes: list(text("m7g.large")),
  capacityType: word("on-demand", "spot"),
  minNodes: number(),
  maxNodes: number(),
  diskGiB: number(),
});

export type NodeGroupSettings = Settings<typeof nodeGroupSettings>;

/** One node group for each node pool. */
export const nodeGroupsSettings = group({
  system: nodeGroupSettings,
  application: nodeGroupSettings,
  worker: nodeGroupSettings,
} satisfies Readonly<Record<NodePool, unknown>>);

export type NodeGroupsSettings = Settings<typeof nodeGroupsSettings>;
