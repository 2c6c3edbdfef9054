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
      // What waits is tried every five minutes. A rollout causes a few retries, which are out of the ten minutes before the twelve are over.
      expression: `sum(increase(events_retried_total{service="${service}",blame="rollout"}[10m])) > 0`,
      for: "12m",
      summary: "Events wait because this release cannot get or read their schema.",
    },
    {
      name: `${name}Parked`,
      service,
      severity: "ticket",
      // An event that fails for good is dead-lettered after about six minutes.
      expression: `max(events_parked_oldest_seconds{service="${service}"}) > 1800`,
      for: "5m",
      summary: "Events of some users wait in retry topics, others go on, nothing is lost.",
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
