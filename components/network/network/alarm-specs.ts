import type * as pulumi from "@pulumi/pulumi";
import type { AlarmSpec, ShareAlarmSpec } from "../../base/alarms/index.ts";

/**
 * The id is the only dimension that AWS documents ("NAT gateway metrics and dimensions"). Of regional gateways the page
 * says nothing of its own; that theirs are filed under the id alone too is to be seen at the first one.
 */
function of(gatewayId: pulumi.Input<string>) {
  return { namespace: "AWS/NATGateway", dimensions: { NatGatewayId: gatewayId } } as const;
}

/** An address has 55,000 connections to one destination; the next one is refused. */
export function portAlarm(key: string, gatewayId: pulumi.Input<string>): AlarmSpec {
  return {
    ...of(gatewayId),
    key: `ports-${key}`,
    description:
      "A NAT gateway has no port left: new connections to a busy destination fail. Look for a client that leaks connections; then give the gateway another address.",
    metric: "ErrorPortAllocation",
    statistic: "Sum",
    comparison: "above",
    threshold: 0,
    periodSeconds: 60,
    periods: 1, // Every one is a connection that somebody wanted.
    missing: "notBreaching", // A gateway that nobody uses publishes nothing.
  };
}

export function dropAlarm(key: string, gatewayId: pulumi.Input<string>): ShareAlarmSpec {
  return {
    ...of(gatewayId),
    key: `drops-${key}`,
    description:
      "A NAT gateway drops packets for a quarter of an hour. Look at the health page of AWS; then route its zone through another gateway.",
    part: "PacketsDropCount",
    whole: ["PacketsInFromSource", "PacketsInFromDestination"],
    abovePercent: 0.01, // Where the documentation of AWS says the service is at fault.
    periodSeconds: 300,
    periods: 3, // A single packet is more than the share where there is little traffic, but not three times in a row.
    missing: "notBreaching", // Nothing sent is nothing lost.
  };
}
