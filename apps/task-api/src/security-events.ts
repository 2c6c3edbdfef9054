import { Counter, type Logger, type Registry } from "@task-platform/runtime";

/** Refusals that may be an attack. Each one writes a log line and is counted. */
export interface SecurityEvents {
  authenticationFailed(reason: string): void;
  authorizationDenied(scope: string): void;
  rateLimited(): void;
}

export function createSecurityEvents(logger: Logger, registry: Registry): SecurityEvents {
  const counter = new Counter({
    name: "security_events_total",
    help: "Refusals that may be misuse, by kind.",
    labelNames: ["event"],
    registers: [registry],
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
