import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EdgeArgs, regionalDomain } from "./args.ts";

/** Three failures in a row, 30 s apart, move the traffic: the other region takes over after 90 s. */
const probe = { intervalSeconds: 30, failures: 3 } as const;

/**
 * Names of the load balancer. With failover the two regions share `domain`: Route 53 returns the primary's record while
 * its probe succeeds. Clients cache a response for 60 s, the lifetime of alias records.
 */
export function createNames(
  name: string,
  args: EdgeArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): aws.route53.HealthCheck | undefined {
  const regional = regionalDomain(args);
  const alias = (recordName: string, domain: string, routing: Partial<aws.route53.RecordArgs>) =>
    new aws.route53.Record(
      recordName,
      {
        zoneId: args.zoneId,
        name: domain,
        type: "A",
        // True: Route 53 does not return a load balancer without a healthy pod.
        aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }],
        ...routing,
      },
      { parent },
    );
  if (regional === undefined) {
    alias(`${name}-name`, args.domain, {});
    return undefined;
  }
  const regionalRecord = alias(`${name}-regional-name`, regional, {});
  const healthCheck = createHealthCheck(name, args, regional, regionalRecord, parent);
  alias(`${name}-name`, args.domain, {
    setIdentifier: args.region,
    failoverRoutingPolicies: [{ type: args.settings.failover === "primary" ? "PRIMARY" : "SECONDARY" }],
    ...(healthCheck === undefined ? {} : { healthCheckId: healthCheck.id }),
  });
  return healthCheck;
}

/** Only the primary has a probe: when it fails, Route 53 returns the other region in any state. */
function createHealthCheck(
  name: string,
  args: EdgeArgs,
  regional: string,
  record: aws.route53.Record,
  parent: pulumi.Resource,
): aws.route53.HealthCheck | undefined {
  if (args.settings.failover !== "primary" || args.probePath === undefined) return undefined;
  return new aws.route53.HealthCheck(
    `${name}-probe`,
    {
      // Through TLS, firewall and load balancer to a pod, like a request of a client.
      type: "HTTPS",
      fqdn: regional,
      port: 443,
      resourcePath: args.probePath,
      enableSni: true,
      requestInterval: probe.intervalSeconds,
      failureThreshold: probe.failures,
      tags: { Name: regional },
    },
    // A check of a name that does not exist yet fails at once and would move the traffic.
    { parent, dependsOn: [record] },
  );
}
