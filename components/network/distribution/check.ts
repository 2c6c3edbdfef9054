import type { Problem } from "../../base/core/index.ts";
import { checkDomain } from "../certificate/index.ts";
import type { DistributionArgs } from "./args.ts";

/** All problems of the arguments of a distribution. */
export function checkDistributionArgs(args: DistributionArgs): Problem[] {
  const problems: Problem[] = [
    ...checkDomain("domain", args.domain),
    ...checkDomain("originDomain", args.originDomain),
  ];
  if (args.region !== "us-east-1") {
    problems.push({
      argument: "region",
      given: `"${args.region}"`,
      allowed: '"us-east-1"',
      fix: "give the block a provider of us-east-1, where CloudFront needs certificates, logs and alarms",
    });
  }
  if (args.domain === args.originDomain) {
    problems.push({
      argument: "originDomain",
      given: `"${args.originDomain}", the same as domain`,
      allowed: "the name of the load balancer",
      fix: 'give the edge another name, such as "origin." and the domain, or CloudFront would send requests to itself',
    });
  }
  if (args.grpcServices.length === 0) {
    problems.push({
      argument: "grpcServices",
      given: "none",
      allowed: "one service or more",
      fix: "list the services that the edge forwards; CloudFront forwards gRPC only for listed paths",
    });
  }
  return problems;
}
