import type { Problem } from "../core/index.ts";
import type { ZoneSlot } from "./settings.ts";

/** A range of IPv4 addresses; `start` is the first address as a number. */
export interface Range {
  readonly start: number;
  readonly prefix: number;
}

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
 * Where each tier lives inside a /16, as an offset in addresses per slot. Fixed offsets, not "the next free one", are
 * what keeps every subnet in place when a zone or a tier is added. Everything from x.x.144.0 on is free.
 */
const tiers: Readonly<
  Record<Tier, { readonly offset: number; readonly step: number; readonly prefix: number }>
> = {
  // 8,187 usable addresses a zone: nodes, and pods by prefix delegation.
  private: { offset: 0, step: 32 * 256, prefix: 19 },
  data: { offset: 128 * 256, step: 256, prefix: 24 },
  public: { offset: 136 * 256, step: 256, prefix: 24 },
  // EKS puts its network interfaces here; upgrades need spare addresses, so nothing else may.
  controlPlane: { offset: 140 * 256, step: 16, prefix: 28 },
};

/** Subnets of a network. The slot of a zone decides; the order of zones does not matter. */
export function planSubnets(cidr: string, zones: readonly ZoneSlot[]): readonly SubnetPlan[] {
  const network = parseCidr(cidr);
  if (!network) throw new Error(`"${cidr}" is not an address range`);
  const order = zones.toSorted((a, b) => a.slot - b.slot);
  return (Object.keys(tiers) as Tier[]).flatMap((tier) => {
    const { offset, step, prefix } = tiers[tier];
    return order.map(({ id, slot }) => {
      const start = network.start + offset + step * slot;
      // The upper half, so that single addresses, taken from below, never split a prefix.
      const reservation = { start: start + 2 ** (31 - prefix), prefix: prefix + 1 };
      return {
        tier,
        zoneId: id,
        cidr: formatCidr({ start, prefix }),
        ...(tier === "private" ? { reservation: formatCidr(reservation) } : {}),
      };
    });
  });
}

/** Reads "10.0.0.0/16"; undefined when it is no range or does not start on its own boundary. */
export function parseCidr(text: string): Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const start = ((a * 256 + b) * 256 + c) * 256 + d;
  return start % 2 ** (32 - prefix) === 0 ? { start, prefix } : undefined;
}

export function formatCidr({ start, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** Whether two ranges share an address; a range that cannot be read shares none. */
export function cidrsOverlap(a: string, b: string): boolean {
  const first = parseCidr(a);
  const second = parseCidr(b);
  if (!first || !second) return false;
  const end = (range: Range): number => range.start + 2 ** (32 - range.prefix);
  return first.start < end(second) && second.start < end(first);
}

export function cidrProblems(cidr: string): Problem[] {
  const range = parseCidr(cidr);
  if (range?.prefix === 16) return [];
  return [
    {
      argument: "cidr",
      given: `"${cidr}"`,
      allowed:
        "a /16 that starts on its own boundary, such as 10.30.0.0/16: the tiers of four zones need that much",
      fix: "write the first address of a free /16",
    },
  ];
}
