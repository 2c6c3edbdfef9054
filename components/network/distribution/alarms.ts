import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";

export function errorAlarm(distributionId: pulumi.Input<string>): AlarmSpec {
  return {
    key: "errors",
    description:
      "More than one answer in a hundred is a 5xx at CloudFront. Compare with the alarms of the load balancer: if those are silent, CloudFront cannot reach it.",
    namespace: "AWS/CloudFront",
    metric: "5xxErrorRate",
    dimensions: { DistributionId: distributionId, Region: "Global" },
    statistic: "Average",
    comparison: "above",
    // Percent, the same limit as the alarm on the API's error rate.
    threshold: 1,
    periodSeconds: 60,
    periods: 5,
    missing: "notBreaching",
  };
}
