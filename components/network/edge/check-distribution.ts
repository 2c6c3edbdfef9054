import type { Problem } from "../../base/core/index.ts";
import { domainProblems } from "./check-args.ts";
import type { DistributionArgs } from "./distribution.ts";

/** Everything wrong with the arguments of a distribution. */
export function distributionArgProblems(args: DistributionArgs): Problem[] {
  const problems: Problem[] = [
    ...domainProblems("domain", args.domain),
    ...domainProblems("originDomain", args.originDomain),
  ];
  if (args.region !== "us-east-1") {
    problems.push({
      argument: "region",
      given: `"${args.region}"`,
      allowed: '"us-east-1"',
      fix: "give the block a provider of us-east-1, where CloudFront looks for certificates, logs and alarms",
    });
  }
  if (args.domain === args.originDomain) {
    problems.push({
      argument: "originDomain",
      given: `"${args.originDomain}", which is domain`,
      allowed: "the name of the load balancer",
      fix: 'give the edge a name of its own, such as "origin." and the domain; CloudFront would ask itself',
    });
  }
  if (args.grpcServices.length === 0) {
    problems.push({
      argument: "grpcServices",
      given: "none",
      allowed: "one service or more",
      fix: "list the services the edge forwards; CloudFront passes gRPC only where it is told to",
    });
  }
  return problems;
}
