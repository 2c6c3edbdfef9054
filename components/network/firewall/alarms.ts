import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec } from "../../base/alarms/index.ts";
import type { FirewallScope, FirewallSettings } from "./settings.ts";

export interface FirewallAlarmArgs {
  /** Metric name of the web ACL. */
  readonly name: string;
  readonly scope: FirewallScope;
  readonly region: string;
  readonly settings: FirewallSettings;
}

/** A surge of refusals: an attack, or a rule that refuses customers. In count mode: requests that would be refused. */
export function firewallAlarmSpecs(args: FirewallAlarmArgs): readonly AlarmSpec[] {
  const { settings } = args;
  const counted = settings.mode === "count";
  return [
    surge(args, {
      key: counted ? "counted-surge" : "blocked-surge",
      metric: counted ? "CountedRequests" : "BlockedRequests",
      description: counted
        ? "The firewall would refuse many requests. Look at the samples of each rule before it is set to block."
        : "The firewall refuses many requests. Look at its samples: an attack, or customers a rule is wrong about.",
    }),
    ...(!counted && settings.watchedRules.length > 0
      ? [
          surge(args, {
            key: "watched-surge",
            metric: "CountedRequests",
            description: `Watched rules (${settings.watchedRules.join(", ")}) would refuse many requests. Look at their samples before they leave watchedRules.`,
          }),
        ]
      : []),
  ];
}

function surge(
  { name, scope, region, settings }: FirewallAlarmArgs,
  what: Pick<AlarmSpec, "key" | "metric" | "description">,
): AlarmSpec {
  return {
    ...what,
    namespace: "AWS/WAFV2",
    // The metrics of ACLs at CloudFront have no region dimension.
    dimensions: { WebACL: name, Rule: "ALL", ...(scope === "regional" ? { Region: region } : {}) },
    statistic: "Sum",
    comparison: "above",
    threshold: settings.alarmAboveBlockedPerMinute,
    periodSeconds: 60,
    // Five minutes: a scanner is gone after one.
    periods: 5,
    missing: "notBreaching",
  };
}

/** Shield Advanced detects an attack on one protected resource. */
export function attackAlarmSpec(key: string, resourceArn: pulumi.Input<string>): AlarmSpec {
  return {
    key: `attack-${key}`,
    description: `Shield sees an attack on ${key}. Open a case with the Shield Response Team if the service suffers.`,
    namespace: "AWS/DDoSProtection",
    metric: "DDoSDetected",
    dimensions: { ResourceArn: resourceArn },
    statistic: "Maximum",
    comparison: "above",
    threshold: 0,
    periodSeconds: 60,
    periods: 1,
    missing: "notBreaching",
  };
}
