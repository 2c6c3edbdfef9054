/** Memory in GiB of the node types for Valkey, current Graviton only; `cache.t4g` is for dev. */
export const nodeTypes: Readonly<Record<string, { readonly memoryGiB: number }>> = {
  "cache.t4g.micro": { memoryGiB: 0.5 },
  "cache.t4g.small": { memoryGiB: 1.37 },
  "cache.t4g.medium": { memoryGiB: 3.09 },
  "cache.m7g.large": { memoryGiB: 6.38 },
  "cache.m7g.xlarge": { memoryGiB: 12.93 },
  "cache.r7g.large": { memoryGiB: 13.07 },
  "cache.r7g.xlarge": { memoryGiB: 26.32 },
  "cache.r7g.2xlarge": { memoryGiB: 52.82 },
};

/** Allowed versions, with the family of their parameter groups. 9 waits until its clients are proven. */
export const valkeyVersions: Readonly<Record<string, string>> = {
  "8.0": "valkey8",
  "8.1": "valkey8",
  "8.2": "valkey8",
};
