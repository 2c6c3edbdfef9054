import { platform, quoted, yamlText } from "../../base/core/index.ts";
import type { AlertRule } from "./alert-rule.ts";
import { consumerRules } from "./consumer-rules.ts";

/** Service level objectives: docs/slos.md. The alert rules below report when one is at risk. */
const slos = {
  /** Share of requests that get no 5xx response. */
  availability: 0.999,
  latencyP99Seconds: 0.5,
} as const;

const errors = (window: string): string =>
  `sum(rate(http_requests_total{service="task-api",status=~"5.."}[${window}])) / sum(rate(http_requests_total{service="task-api"}[${window}]))`;

const quantile = (share: number): string =>
  `histogram_quantile(${share}, sum by (le) (rate(http_request_duration_seconds_bucket{service="task-api"}[5m])))`;

/**
 * True while the error budget burns `factor` times too fast: over a long window, so that it is significant, and over a
 * short window, so that it is still happening. 14.4 for an hour uses 2 % of a month's budget, 6 for six hours 5 %, 1 for
 * three days 10 %.
 */
function burn(factor: number, long: string, short: string): string {
  const limit = Number(((1 - slos.availability) * factor).toFixed(6));
  return `(${errors(long)}) > ${limit} and (${errors(short)}) > ${limit}`;
}

export const alertRules: readonly AlertRule[] = [
  {
    name: "TaskApiDown",
    service: "task-api",
    severity: "page",
    expression: 'absent(up{service="task-api"} == 1)',
    for: "1m",
    summary: "No replica of the task API answers.",
  },
  {
    name: "TaskApiErrorsHigh",
    service: "task-api",
    severity: "page",
    expression: `${errors("5m")} > 0.05`,
    for: "2m",
    summary: "More than 5 % of requests fail.",
  },
  {
    name: "TaskApiLatencyHigh",
    service: "task-api",
    severity: "page",
    expression: `${quantile(0.99)} > 5`,
    for: "2m",
    summary: "One request in a hundred takes more than 5 s.",
  },
  {
    name: "TaskApiBudgetBurnsFast",
    service: "task-api",
    severity: "page",
    expression: burn(14.4, "1h", "5m"),
    for: "2m",
    summary: "At this rate the error budget of the month is gone in two days.",
  },
  {
    name: "TaskApiBudgetBurns",
    service: "task-api",
    severity: "page",
    expression: burn(6, "6h", "30m"),
    for: "15m",
    summary: "At this rate the error budget of the month is gone in five days.",
  },
  {
    name: "TaskApiBudgetBurnsSlowly",
    service: "task-api",
    severity: "ticket",
    expression: burn(1, "3d", "6h"),
    for: "1h",
    summary: "At this rate nothing of the error budget will be left at the end of the month.",
  },
  {
    name: "TaskApiErrorsRaised",
    service: "task-api",
    severity: "ticket",
    expression: `${errors("5m")} > 0.01`,
    for: "5m",
    summary: "More than 1 % of requests fail.",
  },
  {
    name: "TaskApiLatencyRaised",
    service: "task-api",
    severity: "ticket",
    expression: `${quantile(0.95)} > 1`,
    for: "5m",
    summary: "One request in twenty takes more than a second.",
  },
  {
    name: "TaskRelayBehind",
    service: "task-relay",
    severity: "page",
    // Half a minute is 150 polls: a restart of Kafka or PostgreSQL is shorter, so one of them is down.
    expression: "max(outbox_oldest_age_seconds) > 30",
    for: "2m",
    summary: "Events wait in the outbox: consumers see no changes, nothing is lost.",
  },
  {
    name: "TaskRelayDown",
    service: "task-relay",
    severity: "page",
    expression: 'absent(up{service="task-relay"} == 1)',
    for: "1m",
    summary: "No relay runs: events wait in the outbox.",
  },
  {
    name: "TaskRelayBrokerHangs",
    service: "task-relay",
    severity: "ticket",
    expression: "max(kafka_brokers_hung) > 0",
    for: "1m",
    summary: "A Kafka broker accepts connections and answers nothing; events go on by the others.",
  },
  ...consumerRules({
    name: "TaskProcessor",
    service: "task-processor",
    severity: "page",
    down: { for: "1m", summary: "No processor runs: events wait in Kafka." },
  }),
  ...consumerRules({
    name: "TaskAnalytics",
    service: "task-analytics",
    severity: "ticket",
    // Nobody is woken for late statistics, and its one replica is away during every node upgrade.
    down: { for: "15m", summary: "No analytics run: statistics are late, events wait in Kafka." },
  }),
  {
    name: "ExternalSecretsNotRead",
    service: "external-secrets",
    severity: "ticket",
    // Twice the refresh interval: pods keep their secrets, so one failed call of Secrets Manager raises no alert.
    expression: 'max by (name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1',
    for: "30m",
    summary: "A secret is not read from Secrets Manager: a new password does not reach the pods.",
  },
  {
    name: "ExternalSecretsDown",
    service: "external-secrets",
    severity: "ticket",
    expression: 'absent(up{service="external-secrets"} == 1)',
    for: "15m",
    summary: "No controller of secrets runs: a new password does not reach the pods.",
  },
];

/** Services that have an alert. */
export const alertedServices: readonly string[] = [...new Set(alertRules.map(({ service }) => service))];

/** The rules without those of stopped workloads, whose expressions would always be true. */
export function rulesWithout(stopped: readonly string[]): readonly AlertRule[] {
  return alertRules.filter(({ service }) => !stopped.includes(service));
}

/** Rule file for managed Prometheus, with all rules in one group. */
export function ruleFile(rules: readonly AlertRule[], environment: string): string {
  const group = {
    name: platform.name,
    interval: "30s",
    rules: rules.map((rule) => ({
      alert: rule.name,
      expr: quoted(rule.expression),
      for: rule.for,
      labels: { severity: rule.severity, environment },
      annotations: {
        summary: quoted(rule.summary),
        runbook: quoted(`docs/runbooks/${runbookOf(rule.name)}`),
      },
    })),
  };
  return yamlText({ groups: [group] });
}

/** File name of an alert's runbook: `task-api-down.md` for `TaskApiDown`. */
export function runbookOf(alert: string): string {
  return `${alert.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}.md`;
}
