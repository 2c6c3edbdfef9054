import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EdgeArgs, hostNames, originHeader, regionalDomain } from "./args.ts";
import type { Targets } from "./targets.ts";

/** TLS 1.3, and 1.2 with forward secrecy and authenticated ciphers only: gRPC clients without 1.3 exist. */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Two years, what browsers ask for. */
export const strictTransportSeconds = 63_072_000;

type Condition = aws.types.input.lb.ListenerRuleCondition;

/** Rules that give a target group its traffic. A group without one stays "unused", and pods in it never get ready. */
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
      // What no rule names reaches no pod, such as scanners that know only the address.
      defaultActions: [{ type: "fixed-response", fixedResponse: notFound }],
      // The one place where these are set; services need not, and every answer has them.
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

/** Hundreds, so that a rule can come between two without moving either. */
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
    // Checkers come past any distribution, so without its secret; this one path is all they get.
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

/** A method of a gRPC service is a path below the service. */
export function grpcPaths(services: readonly string[]): string[] {
  return services.map((service) => `/${service}/*`);
}
