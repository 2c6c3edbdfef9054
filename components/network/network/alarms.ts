import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec, ShareAlarmSpec } from "../../base/alarms/index.ts";

/**
 * The id is the only dimension that AWS documents ("NAT gateway metrics and dimensions"). AWS does not mention
 * regional gateways there: check at the first one that its metrics have the same single dimension.
 */
function metricsOf(gatewayId: pulumi.Input<string>) {
  return { namespace: "AWS/NATGateway", dimensions: { NatGatewayId: gatewayId } } as const;
}

/** One address allows 55,000 connections to one destination; the gateway refuses the next. */
export function portAlarm(key: string, gatewayId: pulumi.Input<string>): AlarmSpec {
  return {
    ...metricsOf(gatewayId),
    key: `ports-${key}`,
    description:
      "A NAT gateway has no port left: new connections to a busy destination fail. Look for a client that leaks connections; then give the gateway another address.",
    metric: "ErrorPortAllocation",
    statistic: "Sum",
    comparison: "above",
    threshold: 0,
    periodSeconds: 60,
    periods: 1, // Each error is a connection that failed.
    missing: "notBreaching", // An unused gateway publishes no metrics.
  };
}

export function dropAlarm(key: string, gatewayId: pulumi.Input<string>): ShareAlarmSpec {
  return {
    ...metricsOf(gatewayId),
    key: `drops-${key}`,
    description:
      "A NAT gateway drops packets for a quarter of an hour. Look at the health page of AWS; then route its zone through another gateway.",
    part: "PacketsDropCount",
    whole: ["PacketsInFromSource", "PacketsInFromDestination"],
    abovePercent: 0.01, // Above this share AWS documents a fault of the service.
    periodSeconds: 300,
    periods: 3, // With little traffic a single packet exceeds the share, but not three times in a row.
    missing: "notBreaching", // Without traffic nothing is dropped.
  };
}
