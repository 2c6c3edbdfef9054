/** What an environment decides about the entrance of the API. */
export interface EdgeSettings {
  /**
   * Seconds a connection may be silent. A request without the first byte of an answer by then ends with 504, and a
   * stream must send something within them. Below the keep-alive of the pods: see `targets.rest.keepAliveSeconds`.
   */
  readonly idleTimeoutSeconds: number;
  /** Seconds a leaving pod may finish its requests in: 30 to 120, and no longer than pods are given to stop. */
  readonly deregistrationDelaySeconds: number;
  /**
   * Part of this region in a pair. `primary` answers while its probe succeeds, `secondary` when that one does not.
   * Both write into one zone. `none` where there is no second region.
   */
  readonly failover: "none" | "primary" | "secondary";
  /** Requests of a busy minute; the error alarms are a part of it. */
  readonly busyRequestsPerMinute: number;
}

/** What an environment decides about CloudFront. */
export interface DistributionSettings {
  /** `world` answers from everywhere, `americas-europe` from the cheapest third of the places. */
  readonly places: "world" | "americas-europe";
  readonly shield: "standard" | "advanced";
  /** Whether Shield's own answers refuse or count; follows the firewall's mode. */
  readonly mode: "count" | "block";
}
