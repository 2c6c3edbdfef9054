import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { refuse } from "../../base/core/index.ts";
import { edgeAlarmSpecs } from "./alarm-specs.ts";
import { type EdgeArgs, hostNames } from "./args.ts";
import { createCertificate } from "./certificate.ts";
import { edgeArgProblems } from "./check-args.ts";
import { createNames } from "./dns.ts";
import { createListeners } from "./listeners.ts";
import { createLoadBalancer } from "./load-balancer.ts";
import { createSecurityGroups } from "./security-groups.ts";
import { createTargets } from "./targets.ts";

/**
 * The public load balancer with its certificate, names, rules and target groups for REST and gRPC.
 *
 * Guarantees: TLS 1.2 and 1.3 only; nothing is forwarded but the listed paths of the listed names, behind a
 * distribution only with its secret; requests and connections are logged; only pods' ports are reached; with failover
 * the other region answers 90 s after the probe fails. About 20 USD a month and 6 a million requests of 1 s.
 * Replaced by: subnets of another VPC.
 */
export class Edge extends pulumi.ComponentResource {
  readonly loadBalancerArn: pulumi.Output<string>;
  /** For TargetGroupBindings; waiting for one waits for the rule that gives the group its traffic. */
  readonly restTargetGroupArn: pulumi.Output<string>;
  readonly grpcTargetGroupArn: pulumi.Output<string>;
  /** For network policies and rules that name the load balancer as a source. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly healthCheckArn: pulumi.Output<string> | undefined;
  readonly domain: string;
  /** Proxies that add to X-Forwarded-For in front of a pod: the API trusts that many, counted from the right. */
  readonly trustedHops: 1 | 2;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:edge:Edge", name, {}, opts);
    refuse(`edge "${name}"`, edgeArgProblems(name, args), this);

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
