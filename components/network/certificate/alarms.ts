import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";

export function certificateAlarm(certificateArn: pulumi.Input<string>): AlarmSpec {
  return {
    key: "certificate",
    description:
      "The certificate ends within 30 days and was not renewed. Look for its validation records in the zone.",
    namespace: "AWS/CertificateManager",
    metric: "DaysToExpiry",
    dimensions: { CertificateArn: certificateArn },
    statistic: "Minimum",
    comparison: "below",
    // ACM renews at least 45 days before the end; at 30 days it has failed for two weeks.
    threshold: 30,
    periodSeconds: 86_400,
    periods: 1,
    missing: "notBreaching",
  };
}
