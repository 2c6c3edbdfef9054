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
      // By zone, so that the order in which a caller lists them is no difference.
      subnets: Object.entries(args.subnetIds)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, id]) => id),
      // The service refuses to delete it, whoever asks; to destroy, set removal to "remove" and update first.
      enableDeletionProtection: args.removal !== "remove",
      dropInvalidHeaderFields: true,
      // Requests that two servers could read differently are closed or sorted out before they reach a pod.
      desyncMitigationMode: "defensive",
      // Ours is the last address in X-Forwarded-For; `preserve` would hand on whatever the client claims.
      xffHeaderProcessingMode: "append",
      preserveHostHeader: false,
      enableHttp2: true,
      // A firewall that cannot be asked refuses.
      enableWafFailOpen: false,
      // An ill zone can be taken out by hand or by AWS.
      enableZonalShift: true,
      idleTimeout: args.settings.idleTimeoutSeconds,
      accessLogs: { enabled: true, bucket: args.logBucketName, prefix: `${name}/requests` },
      // TLS failures are in no access log.
      connectionLogs: { enabled: true, bucket: args.logBucketName, prefix: `${name}/connections` },
    },
    { parent, ...foundationOptions(args.removal) },
  );
}
