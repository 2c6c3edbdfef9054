import { baseWaivers } from "./base.ts";
import { clusterWaivers } from "./cluster.ts";
import { deliveryWaivers } from "./delivery.ts";
import { logWaivers } from "./logs.ts";
import { networkWaivers } from "./network.ts";
import { storeWaivers } from "./stores.ts";
import type { Waiver } from "./waiver.ts";
import { watchWaivers } from "./watch.ts";

export { applyWaivers, idleParts, type Verdict, type Waiver, waiverFor } from "./waiver.ts";

/** Exceptions that are accepted for a time. A test fails on one that has expired, lasts too long or accepts nothing. */
export const waivers: readonly Waiver[] = [
  ...baseWaivers,
  ...networkWaivers,
  ...clusterWaivers,
  ...storeWaivers,
  ...logWaivers,
  ...watchWaivers,
  ...deliveryWaivers,
];
