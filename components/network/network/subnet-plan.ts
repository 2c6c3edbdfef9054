import { formatRange, overlaps, parseRange } from "../../base/core/index.ts";
import type { ZoneSlot } from "./settings.ts";

export type Tier = "public" | "private" | "data" | "controlPlane";

export interface SubnetPlan {
  readonly tier: Tier;
  readonly zoneId: string;
  readonly cidr: string;
  /** Part of a private subnet kept for /28 prefixes of pods. */
  readonly reservation?: string;
}

export const maxSlots = 4;

/**
 * Where each tier is inside a /16: an offset in addresses, and a step per slot. The offsets are fixed, so that no subnet
 * moves when a zone or a tier is added. Everything from x.x.144.0 on is free.
 */
const tiers: Readonly<
  Record<Tier, { readonly offset: number; readonly step: number; readonly prefix: number }>
> = {
  // 8,187 usable addresses per zone, for nodes and, by prefix delegation, for pods.
  private: { offset: 0, step: 32 * 256, prefix: 19 },
  data: { offset: 128 * 256, step: 256, prefix: 24 },
  public: { offset: 136 * 256, step: 256, prefix: 24 },
  // For the network interfaces of EKS only: upgrades need the spare addresses.
  controlPlane: { offset: 140 * 256, step: 16, prefix: 28 },
};

/** Subnets of a network. The slot of a zone decides its addresses; the order of zones does not matter. */
export function planSubnets(cidr: string, zones: readonly ZoneSlot[]): readonly SubnetPlan[] {
  const network = parseRange(cidr);
  if (!network) throw new Error(`"${cidr}" is not an address range`);
  const order = zones.toSorted((a, b) => a.slot - b.slot);
  return (Object.keys(tiers) as Tier[]).flatMap((tier) => {
    const { offset, step, prefix } = tiers[tier];
    return order.map(({ id, slot }) => {
      const first = network.first + offset + step * slot;
      // The upper half: single addresses are assigned from the lower end, so they never split a prefix.
      const reservation = { first: first + 2 ** (31 - prefix), prefix: prefix + 1 };
      return {
        tier,
        zoneId: id,
        cidr: formatRange({ first, prefix }),
        ...(tier === "private" ? { reservation: formatRange(reservation) } : {}),
      };
    });
  });
}

/** Whether two ranges share an address. False when one of them is not a valid range. */
export function cidrsOverlap(a: string, b: string): boolean {
  const [one, other] = [parseRange(a), parseRange(b)];
  return one !== undefined && other !== undefined && overlaps(one, other);
}
