import { isWhole, logRetentionProblems, type Problem, under } from "../../base/core/index.ts";
import type { MetricsArgs } from "./args.ts";
import type { MetricsSettings } from "./settings.ts";
import { alertedServices } from "./slos.ts";

/** Managed Prometheus keeps series for at most three years. */
const longestRetentionDays = 1095;

/** All problems of the arguments of the block. */
export function checkMetricsArgs({ settings, stopped, subnetIds }: MetricsArgs): Problem[] {
  const problems: Problem[] = under("settings", checkMetricsSettings(settings));
  const zones = Object.keys(subnetIds).toSorted();
  if (zones.length < 2) {
    problems.push({
      argument: "subnetIds",
      given: zones.join(", ") || "none",
      allowed: "subnets in two zones or more",
      fix: "pass the private subnets of every zone: the collector needs two zones",
    });
  }
  const unknown = stopped.filter((service) => !alertedServices.includes(service));
  if (unknown.length > 0) {
    problems.push({
      argument: "stopped",
      given: unknown.join(", "),
      allowed: alertedServices.join(", "),
      fix: "use the service names of the alerts, or the alerts of a stopped workload fire all the time",
    });
  }
  return problems;
}

/** All problems of the metrics settings of an environment. */
export function checkMetricsSettings({ logRetentionDays, retentionDays }: MetricsSettings): Problem[] {
  const problems = logRetentionProblems(logRetentionDays);
  if (!isWhole(retentionDays, 1, longestRetentionDays)) {
    problems.push({
      argument: "retentionDays",
      given: String(retentionDays),
      allowed: `1 to ${longestRetentionDays}`,
      fix: "use 365 where growth is planned per year",
    });
  }
  return problems;
}
