import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationOptions } from "../../base/core/index.ts";
import type { EdgeArgs } from "./args.ts";

export function createLoadBalancer(
  name: string,
  args: EdgeArgs,
  securityGroups: readonly aws.ec2.SecurityGroup[],
  parent: pulumi.Resource,
): aws.lb.LoadBalancer {
  return new aws.lb.LoadBalancer(
    name,
    {
      loadBalancerType: "application",
      internal: false,
      ipAddressType: "ipv4",
      securityGroups: securityGroups.map((group) => group.id),
      // Sorted by zone, so that the order in the arguments makes no difference.
      subnets: Object.entries(args.subnetIds)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, id]) => id),
      // AWS refuses every deletion, which would stop a destroy that keeps only the data.
      enableDeletionProtection: args.removal === "retain-all",
      dropInvalidHeaderFields: true,
      // Drops or normalizes requests that two servers could interpret differently, before they reach a pod.
      desyncMitigationMode: "defensive",
      // Adds the client's address as the last in X-Forwarded-For; `preserve` would trust the header of the client.
      xffHeaderProcessingMode: "append",
      preserveHostHeader: false,
      enableHttp2: true,
      // Requests are refused while the firewall is not reachable.
      enableWafFailOpen: false,
      // Operators or AWS can move traffic away from a faulty zone.
      enableZonalShift: true,
      idleTimeout: args.settings.idleTimeoutSeconds,
      accessLogs: { enabled: true, bucket: args.logBucketName, prefix: `${name}/requests` },
      // Access logs do not contain TLS failures.
      connectionLogs: { enabled: true, bucket: args.logBucketName, prefix: `${name}/connections` },
    },
    { parent, ...foundationOptions(args.removal) },
  );
}
