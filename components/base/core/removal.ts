/**
 * What `npm run destroy` keeps.
 *
 * - `remove`: nothing.
 * - `retain-data`: the data stores, and everything that they were made from, such as keys, subnets and groups. They stay in
 *   the state too, so that the next `up` builds the rest around them.
 * - `retain-all`: everything. The command refuses, and resources that are slow or risky to create again (network, cluster,
 *   load balancer) are protected as well, so that Pulumi refuses too.
 *
 * Pulumi judges `protect` first, so a protected resource stops a plain `pulumi destroy`; `retainOnDelete` decides only about
 * a resource that leaves the program after its protection.
 */
export type Removal = "remove" | "retain-data" | "retain-all";

/** The resource options of a removal policy. */
export interface RemovalOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** For data stores, their settings and the keys that encrypt them. */
export function dataOptions(removal: Removal): RemovalOptions {
  const kept = removal !== "remove";
  return { protect: kept, retainOnDelete: kept };
}

/** For network, cluster and load balancer: they hold no data, but everything on them depends on them. Never retained silently. */
export function foundationOptions(removal: Removal): RemovalOptions {
  return { protect: removal === "retain-all", retainOnDelete: false };
}
