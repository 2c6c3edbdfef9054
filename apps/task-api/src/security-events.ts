import { Counter, type MetricsRegistry } from "@task-platform/runtime/admin";
import type { Logger } from "@task-platform/runtime/logging";

/** Refusals that may be an attack. Each one writes a log line and is counted. */
export interface SecurityEvents {
  authenticationFailed(reason: string): void;
  authorizationDenied(scope: string): void;
  rateLimited(): void;
}

export function createSecurityEvents(logger: Logger, metricsRegistry: MetricsRegistry): SecurityEvents {
  const counter = new Counter({
    name: "security_events_total",
    help: "Refusals that may be misuse, by kind.",
    labelNames: ["event"],
    registers: [metricsRegistry],
  });
  const report = (event: string, fields: object): void => {
    counter.inc({ event });
    logger.warn({ event, ...fields }, "security event");
  };
  return {
    authenticationFailed: (reason) => report("authentication_failed", { reason }),
    authorizationDenied: (scope) => report("authorization_denied", { scope }),
    rateLimited: () => report("rate_limited", {}),
  };
}
