import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EdgeArgs, hostNames, originHeader, regionalDomain } from "./args.ts";
import type { Targets } from "./targets.ts";

/** TLS 1.3, and for gRPC clients without it 1.2, with forward secrecy and authenticated ciphers only. */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Two years, as browsers require. */
export const strictTransportSeconds = 63_072_000;

type Condition = aws.types.input.lb.ListenerRuleCondition;

/** Rules that forward to the target groups. A target group without one stays "unused", and its pods never get ready. */
export interface Routes {
  readonly rest: aws.lb.ListenerRule;
  readonly grpc: aws.lb.ListenerRule;
}

export function createListeners(
  name: string,
  args: EdgeArgs,
  parts: {
    readonly loadBalancer: aws.lb.LoadBalancer;
    readonly targets: Targets;
    readonly certificateArn: pulumi.Input<string>;
  },
  parent: pulumi.Resource,
): Routes {
  if (args.reach.from === "clients") createRedirect(name, parts.loadBalancer, parent);
  const listener = new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn: parts.loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: tlsPolicy,
      certificateArn: parts.certificateArn,
      // Other requests, such as those of scanners that know only the address, reach no pod.
      defaultActions: [{ type: "fixed-response", fixedResponse: notFound }],
      // Set here once, so that every response has them and services need not set them.
      routingHttpResponseStrictTransportSecurityHeaderValue: `max-age=${strictTransportSeconds}; includeSubDomains`,
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
      routingHttpResponseServerEnabled: false,
    },
    { parent },
  );
  return createRoutes(name, args, listener, parts.targets, parent);
}

const notFound = {
  statusCode: "404",
  contentType: "application/json",
  messageBody: JSON.stringify({ type: "about:blank", title: "Not Found", status: 404 }),
};

function createRedirect(name: string, loadBalancer: aws.lb.LoadBalancer, parent: pulumi.Resource): void {
  new aws.lb.Listener(
    `${name}-http`,
    {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
    },
    { parent },
  );
}

/** Steps of a hundred, so that a new rule fits between two without moving either. */
const priorities = { probe: 100, grpc: 200, rest: 300 } as const;

function createRoutes(
  name: string,
  args: EdgeArgs,
  listener: aws.lb.Listener,
  targets: Targets,
  parent: pulumi.Resource,
): Routes {
  const rule = (key: keyof typeof priorities, target: aws.lb.TargetGroup, conditions: Condition[]) =>
    new aws.lb.ListenerRule(
      `${name}-${key}`,
      {
        listenerArn: listener.arn,
        priority: priorities[key],
        conditions,
        actions: [{ type: "forward", targetGroupArn: target.arn }],
      },
      { parent },
    );
  const ours: Condition[] = [
    { hostHeader: { values: [...hostNames(args)] } },
    ...(args.reach.from === "distribution"
      ? [{ httpHeader: { httpHeaderName: originHeader, values: [args.reach.secret] } }]
      : []),
  ];
  const regional = regionalDomain(args);
  if (args.settings.failover === "primary" && args.probePath !== undefined && regional !== undefined) {
    // Health checkers bypass a distribution, so they have no secret and may use only this path.
    rule("probe", targets.rest, [
      { hostHeader: { values: [regional] } },
      { pathPattern: { values: [args.probePath] } },
    ]);
  }
  return {
    grpc: rule("grpc", targets.grpc, [...ours, { pathPattern: { values: grpcPaths(args.grpc.services) } }]),
    rest: rule("rest", targets.rest, [...ours, { pathPattern: { values: [...args.rest.paths] } }]),
  };
}

/** Path patterns of all methods of gRPC services. */
export function grpcPaths(services: readonly string[]): string[] {
  return services.map((service) => `/${service}/*`);
}
