import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { refuse } from "../../base/core/index.ts";
import { createCertificate } from "../certificate/index.ts";
import { edgeAlarmSpecs } from "./alarms.ts";
import { type EdgeArgs, hostNames } from "./args.ts";
import { checkEdgeArgs } from "./check.ts";
import { createNames } from "./dns.ts";
import { createListeners } from "./listeners.ts";
import { createLoadBalancer } from "./load-balancer.ts";
import { createSecurityGroups } from "./security-groups.ts";
import { createTargets } from "./targets.ts";

/**
 * The public load balancer with its certificate, names, rules and target groups for REST and gRPC.
 *
 * Guarantees: TLS 1.2 and 1.3 only; only the listed paths of the listed names are forwarded, and behind a distribution
 * only with its secret; requests and connections are logged; the load balancer reaches only ports of the pods; with
 * failover the other region takes over 90 s after the probe fails. About 20 USD per month and 6 USD per million requests
 * of 1 s.
 * Replaced by: subnets of another VPC.
 */
export class Edge extends pulumi.ComponentResource {
  readonly loadBalancerArn: pulumi.Output<string>;
  /** For TargetGroupBindings. The output also waits for the listener rule that forwards to the target group. */
  readonly restTargetGroupArn: pulumi.Output<string>;
  readonly grpcTargetGroupArn: pulumi.Output<string>;
  /** For network policies and security group rules with the load balancer as a source. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly healthCheckArn: pulumi.Output<string> | undefined;
  readonly domain: string;
  /** Number of proxies that add to X-Forwarded-For: the API trusts that many entries, counted from the right. */
  readonly trustedHops: 1 | 2;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:edge:Edge", name, {}, opts);
    refuse(`edge "${name}"`, checkEdgeArgs(name, args), this);

    const { zoneId, settings, region } = args;
    const securityGroups = createSecurityGroups(name, args, this);
    const loadBalancer = createLoadBalancer(name, args, securityGroups.all, this);
    const targets = createTargets(name, args, this);
    const certificateArn = createCertificate(name, { domains: hostNames(args), zoneId }, this);
    const routes = createListeners(name, args, { loadBalancer, targets, certificateArn }, this);
    const healthCheck = createNames(name, args, loadBalancer, this);
    const specs = edgeAlarmSpecs({
      settings,
      region,
      certificateArn,
      loadBalancer: loadBalancer.arnSuffix,
      targets: { rest: targets.rest.arnSuffix, grpc: targets.grpc.arnSuffix },
      ...(healthCheck === undefined ? {} : { healthCheckId: healthCheck.id }),
    });
    createAlarms(name, specs, { topicArn: args.alarmTopicArn }, this);

    this.loadBalancerArn = loadBalancer.arn;
    this.restTargetGroupArn = pulumi.all([targets.rest.arn, routes.rest.id]).apply(([arn]) => arn);
    this.grpcTargetGroupArn = pulumi.all([targets.grpc.arn, routes.grpc.id]).apply(([arn]) => arn);
    this.securityGroupId = securityGroups.main.id;
    this.healthCheckArn = healthCheck?.arn;
    this.domain = args.domain;
    this.trustedHops = args.reach.from === "distribution" ? 2 : 1;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      restTargetGroupArn: this.restTargetGroupArn,
      grpcTargetGroupArn: this.grpcTargetGroupArn,
      securityGroupId: this.securityGroupId,
      healthCheckArn: this.healthCheckArn,
      domain: this.domain,
      trustedHops: this.trustedHops,
    });
  }
}
