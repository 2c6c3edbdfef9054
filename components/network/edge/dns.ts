import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EdgeArgs, regionalDomain } from "./args.ts";

/** Seconds between the probes of one checker, and failures in a row that end trust: 90 s to the other region. */
const probe = { intervalSeconds: 30, failures: 3 } as const;

/**
 * Names of the load balancer. With failover, the pair of regions shares `domain`: the primary's record counts while
 * its probe succeeds. Answers to clients already given live 60 s, the lifetime of aliases.
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
        // True: a load balancer without a healthy pod does not count as there.
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

/** Only the primary is probed: when it fails, the other region is the answer whatever its state. */
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
      // Through TLS, firewall and load balancer to a pod, as a client comes.
      type: "HTTPS",
      fqdn: regional,
      port: 443,
      resourcePath: args.probePath,
      enableSni: true,
      requestInterval: probe.intervalSeconds,
      failureThreshold: probe.failures,
      tags: { Name: regional },
    },
    // A check of a name that is not there yet fails at once, and moves the traffic before it came.
    { parent, dependsOn: [record] },
  );
}
