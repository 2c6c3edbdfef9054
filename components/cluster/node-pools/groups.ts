import type { NodePool } from "./placement.ts";
import type { NodeGroupSettings } from "./settings.ts";

/** One managed node group of a pool. */
export interface PlannedGroup {
  /** End of its name: the pool, and its zone where it has one of its own. */
  readonly suffix: string;
  readonly zones: readonly string[];
  readonly minNodes: number;
  readonly maxNodes: number;
  /** The name that it had when its pool was one group over all zones. */
  readonly formerSuffix?: string;
}

/** The groups of a pool: one over all zones, or one in each zone with its share of the nodes. */
export function planGroups(
  nodePool: NodePool,
  { groups, minNodes, maxNodes }: NodeGroupSettings,
  zones: readonly string[],
): readonly PlannedGroup[] {
  if (groups === "over-zones") return [{ suffix: nodePool, zones, minNodes, maxNodes }];
  return zones.map((zone, index) => ({
    suffix: `${nodePool}-${zone}`,
    zones: [zone],
    minNodes: share(minNodes, zones.length, index),
    maxNodes: share(maxNodes, zones.length, index),
    ...(index === 0 ? { formerSuffix: nodePool } : {}),
  }));
}

/** The part of one of several that are as even as whole numbers allow; the first ones get the rest. */
function share(total: number, parts: number, index: number): number {
  return Math.floor(total / parts) + (index < total % parts ? 1 : 0);
}
