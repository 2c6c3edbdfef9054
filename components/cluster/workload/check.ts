import { isWhole, type Problem } from "../../base/core/index.ts";
import { cpuMillis, memoryBytes } from "./quantities.ts";
import type { WorkloadSettings } from "./settings.ts";

export interface WorkloadLimits {
  /** Partitions of the topic that a consumer group reads: one more replica would have nothing to do. */
  readonly maxConsumers?: number;
  readonly zones: number;
}

/** Everything wrong with the settings of one workload. */
export function checkWorkloadSettings(settings: WorkloadSettings, limits: WorkloadLimits): Problem[] {
  return [...replicaProblems(settings, limits), ...resourceProblems(settings)];
}

function replicaProblems(settings: WorkloadSettings, { maxConsumers, zones }: WorkloadLimits): Problem[] {
  const { minReplicas, maxReplicas, keepAvailable } = settings;
  const problems: Problem[] = [];
  if (!isWhole(minReplicas, 1)) {
    problems.push({
      argument: "minReplicas",
      given: String(minReplicas),
      allowed: "1 or more",
      fix: "use three, which survive the loss of a zone",
    });
  }
  if (maxReplicas < minReplicas) {
    problems.push({
      argument: "maxReplicas",
      given: String(maxReplicas),
      allowed: `at least minReplicas, ${minReplicas}`,
      fix: "raise it",
    });
  }
  if (maxConsumers !== undefined && maxReplicas > maxConsumers) {
    problems.push({
      argument: "maxReplicas",
      given: String(maxReplicas),
      allowed: `at most ${maxConsumers}, the partitions of its topic`,
      fix: "lower it: a consumer without a partition does nothing",
    });
  }
  if (keepAvailable < 0 || (keepAvailable > 0 && keepAvailable >= minReplicas)) {
    problems.push({
      argument: "keepAvailable",
      given: `${keepAvailable} of ${minReplicas} replicas`,
      allowed: "below minReplicas, so that one pod can always be evicted",
      fix: "raise minReplicas or lower keepAvailable; otherwise no node could be drained",
    });
  }
  if (settings.zoneSpread === "require" && minReplicas < zones) {
    problems.push({
      argument: "zoneSpread",
      given: `"require" with ${minReplicas} replicas`,
      allowed: `minReplicas of at least ${zones}, one per zone`,
      fix: 'raise minReplicas, or use "prefer"',
    });
  }
  return problems;
}

function resourceProblems({ requests, limits }: WorkloadSettings): Problem[] {
  const problems: Problem[] = [];
  const check = (
    what: "cpu" | "memory",
    parse: (quantity: string) => number | undefined,
    form: string,
  ): void => {
    const request = parse(requests[what]);
    const limit = parse(limits[what]);
    if (request === undefined || limit === undefined) {
      problems.push({
        argument: `requests.${what}, limits.${what}`,
        given: `"${requests[what]}", "${limits[what]}"`,
        allowed: form,
        fix: "write both in this form",
      });
    } else if (request > limit) {
      problems.push({
        argument: `requests.${what}`,
        given: requests[what],
        allowed: `at most the limit, ${limits[what]}`,
        fix: "raise the limit",
      });
    }
  };
  check("cpu", cpuMillis, 'cores or thousandths, such as "2" or "500m"');
  check("memory", memoryBytes, 'such as "512Mi" or "2Gi"');
  return problems;
}
