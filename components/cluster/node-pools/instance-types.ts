export type Architecture = "arm64" | "x86_64";

/** The parts of an instance type's name. */
export interface InstanceType {
  readonly series: "m" | "c" | "r" | "t";
  readonly generation: number;
  readonly architecture: Architecture;
  readonly size: string;
}

/** The platform runs on general, compute, memory and burstable types only; no GPU and no storage families. */
const pattern = /^([mcrt])(\d+)([a-z]*(?:-flex)?)\.([a-z0-9]+)$/;

/** Reads a name such as "m7g.large"; undefined for a type that this platform does not use. */
export function parseInstanceType(name: string): InstanceType | undefined {
  const match = pattern.exec(name);
  const [, series, generation, attributes, size] = match ?? [];
  if (series === undefined || generation === undefined || attributes === undefined || size === undefined) {
    return undefined;
  }
  return {
    series: series as InstanceType["series"],
    generation: Number(generation),
    // Graviton types have a "g" among the letters after the generation: m7g, c7gn, r6gd.
    architecture: attributes.includes("g") ? "arm64" : "x86_64",
    size,
  };
}

/** From generation 6 (t: 3) on, every type runs on Nitro, and most encrypt traffic between instances. */
export function isCurrentGeneration(type: InstanceType): boolean {
  return type.generation >= (type.series === "t" ? 3 : 6);
}

/**
 * CPU and memory of a type as one comparable word. The autoscaler assumes that all types of a group have equal CPU and
 * memory; with different ones it may start a node on which the pending pod does not fit.
 */
export function nodeShape(type: InstanceType): string {
  // From "large" up, a t type has 4 GiB per CPU like an m type; the smaller ones have two CPUs and no m type of their size.
  const likeM = type.series === "t" && type.size.endsWith("large");
  return `${likeM ? "m" : type.series}.${type.size}`;
}

/** The EKS name of the AL2023 image. AL2 is out of support since 2026-06-30. */
export function amiType(architecture: Architecture): "AL2023_ARM_64_STANDARD" | "AL2023_x86_64_STANDARD" {
  return architecture === "arm64" ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
}
