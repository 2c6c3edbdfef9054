/** Alertmanager configuration: alerts go to the topic of their severity, with one message per alert and hour. */
export function alertManagerDefinition(
  topics: Readonly<Record<"page" | "ticket", string>>,
  region: string,
): string {
  const receiver = (severity: "page" | "ticket"): string[] => [
    `    - name: ${severity}`,
    "      sns_configs:",
    `        - topic_arn: ${topics[severity]}`,
    "          sigv4:",
    `            region: ${region}`,
    '          subject: "{{ .CommonLabels.environment }} {{ .CommonLabels.alertname }}"',
  ];
  return [
    "alertmanager_config: |",
    "  route:",
    "    receiver: ticket",
    "    group_by: [alertname]",
    "    repeat_interval: 1h",
    "    routes:",
    "      - receiver: page",
    "        matchers: ['severity = page']",
    "  receivers:",
    ...receiver("page"),
    ...receiver("ticket"),
    "",
  ].join("\n");
}
