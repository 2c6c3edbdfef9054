import type { AlertRule, Severity } from "./alert-rule.ts";

interface Consumer {
  /** First part of the name of each alert. */
  readonly name: string;
  readonly service: string;
  /** Of the alerts for events that wait. */
  readonly severity: Severity;
  readonly down: Pick<AlertRule, "for" | "summary">;
}

/** The alerts of a role that consumes task events. */
export function consumerRules({ name, service, severity, down }: Consumer): readonly AlertRule[] {
  return [
    {
      name: `${name}Down`,
      service,
      severity,
      expression: `absent(up{service="${service}"} == 1)`,
      ...down,
    },
    {
      name: `${name}Stuck`,
      service,
      severity,
      // Every member measures all partitions, so a member that hangs is seen by the others.
      expression: `max(consumer_stuck_seconds{service="${service}"}) > 60`,
      for: "2m",
      summary: "Events of a partition wait in Kafka and none is applied, nothing is lost.",
    },
    {
      name: `${name}SchemaUnknown`,
      service,
      severity: "ticket",
      // A rollout of a new schema causes a few retries until the last old pod is gone.
      expression: `sum(increase(events_retried_total{service="${service}",blame="rollout"}[5m])) > 0`,
      for: "10m",
      summary: "Events wait because this release cannot get or read their schema.",
    },
    {
      name: `${name}DeadLetters`,
      service,
      severity: "ticket",
      expression: `sum(increase(events_dead_lettered_total{service="${service}"}[15m])) > 0`,
      for: "0m",
      summary: "An event could not be processed and was put aside.",
    },
  ];
}
