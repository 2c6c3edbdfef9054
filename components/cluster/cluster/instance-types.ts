export type Architecture = "arm64" | "x86_64";

/** What the name of an instance type says about it. */
export interface InstanceType {
  readonly series: "m" | "c" | "r" | "t";
  readonly generation: number;
  readonly architecture: Architecture;
  readonly size: string;
}

/** General, compute, memory and burstable types are all the platform runs on; GPUs and local-disk families are not. */
const pattern = /^([mcrt])(\d+)([a-z]*(?:-flex)?)\.([a-z0-9]+)$/;

/** Reads a name such as "m7g.large", or undefined when it is not a type this platform uses. */
export function parseInstanceType(name: string): InstanceType | undefined {
  const match = pattern.exec(name);
  const [, series, generation, attributes, size] = match ?? [];
  if (series === undefined || generation === undefined || attributes === undefined || size === undefined) {
    return undefined;
  }
  return {
    series: series as InstanceType["series"],
    generation: Number(generation),
    // AWS marks Graviton by a "g" among the letters after the generation: m7g, c7gn, r6gd.
    architecture: attributes.includes("g") ? "arm64" : "x86_64",
    size,
  };
}

/** From generation 6 (t: 3) on every type is Nitro and encrypts traffic between instances, or moves to one that does. */
export function isCurrentGeneration(type: InstanceType): boolean {
  return type.generation >= (type.series === "t" ? 3 : 6);
}

/**
 * CPU and memory, as one comparable word. Types of one word are the same size to the autoscaler, which assumes that
 * all types of a group are equal and otherwise starts nodes on which the pending pod does not fit.
 */
export function nodeShape(type: InstanceType): string {
  // From "large" up a t has the 4 GiB per CPU of an m; below it has two CPUs where an m has one.
  const likeM = type.series === "t" && type.size.endsWith("large");
  return `${likeM ? "m" : type.series}.${type.size}`;
}

/** The EKS name of the AL2023 image. AL2 is out of support since 2026-06-30. */
export function amiType(architecture: Architecture): "AL2023_ARM_64_STANDARD" | "AL2023_x86_64_STANDARD" {
  return architecture === "arm64" ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
}
