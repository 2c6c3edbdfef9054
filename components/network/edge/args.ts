import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { EdgeSettings } from "./settings.ts";

/** Clients that can reach the load balancer. */
export type Reach =
  | {
      readonly from: "clients";
      /** Address ranges that may connect. ["0.0.0.0/0"] is the internet. */
      readonly cidrs: readonly string[];
    }
  | {
      readonly from: "distribution";
      /** Id of AWS's prefix list with the addresses of CloudFront in this region. */
      readonly prefixListId: string;
      /** Value of `originHeader` from our distribution. Distributions of others use the same addresses. */
      readonly secret: pulumi.Input<string>;
    };

/** REST port of the pods behind the load balancer, and their health check. */
interface RestTarget {
  readonly port: number;
  readonly healthPort: number;
  readonly healthPath: string;
  /** Patterns of the forwarded paths, such as "/v1/*". */
  readonly paths: readonly string[];
  /** Seconds that pods keep an idle connection. Must exceed `idleTimeoutSeconds`, or requests on a closing connection get 502. */
  readonly keepAliveSeconds: number;
}

interface GrpcTarget {
  readonly port: number;
  /** Full names of services, such as "tasks.v1.TaskService". */
  readonly services: readonly string[];
}

export interface EdgeArgs {
  readonly settings: EdgeSettings;
  readonly removal: Removal;
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** Public subnets by zone, two or more. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly reach: Reach;
  /**
   * Name of the load balancer: the API's name where clients reach it, the origin's name behind a distribution. With
   * failover it also has the name `<region>.<domain>`, which always means this region.
   */
  readonly domain: string;
  readonly zoneId: pulumi.Input<string>;
  readonly rest: RestTarget;
  readonly grpc: GrpcTarget;
  /** Path of `rest` that Route 53 probes. It must answer 2xx without authentication. Only a primary needs it. */
  readonly probePath?: string;
  /** Id of AWS's prefix list with the Route 53 health checkers in this region. Needed by a primary that is not open to the internet. */
  readonly probePrefixListId?: string;
  /** Security group of the pods. It gets rules that allow the load balancer. */
  readonly podSecurityGroupId: pulumi.Input<string>;
  /** Termination grace period of the pods. */
  readonly podGraceSeconds: number;
  /** Bucket whose policy allows load balancers to write. */
  readonly logBucketName: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** Header with the secret that identifies our own distribution. */
export const originHeader = "x-origin-verify";

/** Name of this region's load balancer, independent of failover. Undefined where there is one region only. */
export function regionalDomain(args: Pick<EdgeArgs, "settings" | "region" | "domain">): string | undefined {
  return args.settings.failover === "none" ? undefined : `${args.region}.${args.domain}`;
}

/** Names of the load balancer, all in its certificate. */
export function hostNames(args: Pick<EdgeArgs, "settings" | "region" | "domain">): readonly string[] {
  const regional = regionalDomain(args);
  return regional === undefined ? [args.domain] : [args.domain, regional];
}
