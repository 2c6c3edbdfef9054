import { literal, oneLine, quoted, singleQuoted, yamlText } from "../../base/core/index.ts";

/** Alertmanager configuration: alerts go to the topic of their severity, with one message per alert and hour. */
export function alertManagerDefinition(
  topics: Readonly<Record<"page" | "ticket", string>>,
  region: string,
): string {
  const receiver = (severity: "page" | "ticket") => ({
    name: severity,
    sns_configs: [
      {
        topic_arn: topics[severity],
        sigv4: { region },
        subject: quoted("{{ .CommonLabels.environment }} {{ .CommonLabels.alertname }}"),
      },
    ],
  });
  const configuration = {
    route: {
      receiver: "ticket",
      group_by: oneLine(["alertname"]),
      repeat_interval: "1h",
      routes: [{ receiver: "page", matchers: oneLine([singleQuoted("severity = page")]) }],
    },
    receivers: [receiver("page"), receiver("ticket")],
  };
  // The service takes the configuration as a text inside of a text.
  return yamlText({ alertmanager_config: literal(yamlText(configuration)) });
}
