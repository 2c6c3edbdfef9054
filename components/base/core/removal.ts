/**
 * What a destroy keeps.
 *
 * - `remove`: nothing.
 * - `retain-data`: data stores are protected, and stay in the cloud when they leave the program.
 * - `retain-all`: also protects resources that are slow or risky to create again (network, cluster, load balancer).
 */
export type Removal = "remove" | "retain-data" | "retain-all";

/** The resource options of a removal policy. */
export interface RemovalOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** For data stores and the keys that encrypt them. */
export function dataOptions(removal: Removal): RemovalOptions {
  const kept = removal !== "remove";
  return { protect: kept, retainOnDelete: kept };
}

/** For network, cluster and load balancer: they hold no data, but everything on them depends on them. Never retained silently. */
export function foundationOptions(removal: Removal): RemovalOptions {
  return { protect: removal === "retain-all", retainOnDelete: false };
}
