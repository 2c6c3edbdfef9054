import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { EdgeSettings } from "./settings.ts";

/** Who reaches the load balancer. */
export type Reach =
  | {
      readonly from: "clients";
      /** Ranges that may connect; ["0.0.0.0/0"] is the internet. */
      readonly cidrs: readonly string[];
    }
  | {
      readonly from: "distribution";
      /** AWS's list of CloudFront's addresses in this region, by id. */
      readonly prefixListId: string;
      /** What the distribution puts into `originHeader`; others' distributions come from the same addresses. */
      readonly secret: pulumi.Input<string>;
    };

/** A port of the pods behind the load balancer, and how its health is asked. */
export interface RestTarget {
  readonly port: number;
  readonly healthPort: number;
  readonly healthPath: string;
  /** Patterns of paths that reach it, such as "/v1/*". */
  readonly paths: readonly string[];
  /** How long pods keep an idle connection; above `idleTimeoutSeconds`, or a request meets a closing one and is 502. */
  readonly keepAliveSeconds: number;
}

export interface GrpcTarget {
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
   * Name the load balancer answers to: the API's where clients reach it, the origin's behind a distribution. With
   * failover it is also known as `<region>.<domain>`, which always means this region.
   */
  readonly domain: string;
  readonly zoneId: pulumi.Input<string>;
  readonly rest: RestTarget;
  readonly grpc: GrpcTarget;
  /** Path of `rest` that Route 53 asks from outside; answers 2xx to everybody. Needed by a primary only. */
  readonly probePath?: string;
  /** AWS's list of Route 53's health checkers in this region. Needed by a primary that not everybody reaches. */
  readonly probePrefixListId?: string;
  /** Group of the pods; a rule in it lets the load balancer in. */
  readonly podSecurityGroupId: pulumi.Input<string>;
  /** Seconds pods are given to stop. */
  readonly podGraceSeconds: number;
  /** A bucket whose policy lets load balancers write. */
  readonly logBucketName: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** Header by which a distribution shows that it is ours. */
export const originHeader = "x-origin-verify";

/** Name that means one region, whatever failover says; undefined where there is one region. */
export function regionalDomain(args: Pick<EdgeArgs, "settings" | "region" | "domain">): string | undefined {
  return args.settings.failover === "none" ? undefined : `${args.region}.${args.domain}`;
}

/** Names the load balancer answers to and has a certificate for. */
export function hostNames(args: Pick<EdgeArgs, "settings" | "region" | "domain">): readonly string[] {
  const regional = regionalDomain(args);
  return regional === undefined ? [args.domain] : [args.domain, regional];
}
