/** What an environment decides about the public load balancer of the API. */
export interface EdgeSettings {
  /**
   * Seconds that a connection may be idle. A request gets 504 when the first byte of its response takes longer, and a
   * stream must send something within this time. Must be below the keep-alive of the pods: see `RestTarget`.
   */
  readonly idleTimeoutSeconds: number;
  /** Seconds that a removed pod may use to finish its requests: 30 to 120, and at most the pods' grace period. */
  readonly deregistrationDelaySeconds: number;
  /**
   * Role of this region in a pair that shares one zone. `primary` gets the traffic while its probe succeeds, `secondary`
   * gets it otherwise. `none` where there is no second region.
   */
  readonly failover: "none" | "primary" | "secondary";
  /** Requests of a busy minute. The error alarms use a share of it as their threshold. */
  readonly busyRequestsPerMinute: number;
}
