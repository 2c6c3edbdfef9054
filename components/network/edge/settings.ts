import { group, number, type Settings, word } from "../../base/core/settings.ts";

/** What an environment decides about the public load balancer of the API. */
export const edgeSettings = {
  /**
   * Seconds that a connection may be idle. A request gets 504 when the first byte of its response takes longer, and a
   * stream must send something within this time. Must be below the keep-alive of the pods: see `RestTarget`.
   */
  idleTimeoutSeconds: number(),
  /** Seconds that a removed pod may use to finish its requests: 30 to 120, and at most the pods' grace period. */
  deregistrationDelaySeconds: number(),
  /**
   * Role of this region in a pair that shares one zone. `primary` gets the traffic while its probe succeeds, `secondary`
   * gets it otherwise. `none` where there is no second region.
   */
  failover: word("none", "primary", "secondary"),
  /** Requests of a busy minute. The error alarms use a share of it as their threshold. */
  busyRequestsPerMinute: number({ most: 1_000_000_000 }), // Only catches a slip.
};

const settings = group(edgeSettings);

export type EdgeSettings = Settings<typeof settings>;
