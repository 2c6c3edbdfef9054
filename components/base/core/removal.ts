/**
 * What a destroy leaves behind.
 *
 * - `remove`: nothing.
 * - `retain-data`: stores of data are protected, and stay in the cloud when they leave the program.
 * - `retain-all`: so is what is slow or risky to make again (network, cluster, load balancer).
 */
export type Removal = "remove" | "retain-data" | "retain-all";

/** Resource options that a removal policy means. */
export interface RemovalOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** For stores of data and the keys they are encrypted with. */
export function dataOptions(removal: Removal): RemovalOptions {
  const kept = removal !== "remove";
  return { protect: kept, retainOnDelete: kept };
}

/** For what holds no data but takes everything on it down: network, cluster, load balancer. Never retained silently. */
export function foundationOptions(removal: Removal): RemovalOptions {
  return { protect: removal === "retain-all", retainOnDelete: false };
}
