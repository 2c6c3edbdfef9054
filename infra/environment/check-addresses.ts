import { overlaps, type Problem, parseRange, unless } from "../../components/base/core/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";
import { keyAt, loopback, type StackConfig } from "./config-keys.ts";

/** Addresses of this machine, which `npm start` puts in. In AWS they would be those of each pod, and no pod would say so. */
export function loopbackProblems(config: Partial<StackConfig>, source: string): Problem[] {
  return (["schemaRegistryUrl", "authIssuer", "authJwksUrl"] as const).flatMap((key) => {
    const url = config[key];
    return unless(url === undefined || !loopback.test(new URL(url).hostname), {
      argument: keyAt(key, source),
      given: `"${url}", an address of this machine`,
      allowed: "an address that pods in AWS reach",
      fix: "name the server that this environment uses",
    });
  });
}

/** Rules of a security group: 60 by default (AWS, "Amazon VPC quotas"). The others belong to the platform. */
const mostCallers = 40;

/** Who may reach the private endpoint of the API server. */
export function callerProblems(
  spec: EnvironmentSpec,
  given: readonly string[] | undefined,
  source: string,
): Problem[] {
  const argument = keyAt("apiServerCallers", source);
  if (given === undefined) {
    // Without a public endpoint somebody must be let in, or no deploy can make the objects of the cluster.
    return unless(spec.cluster.publicEndpoint, {
      argument,
      given: "nothing",
      allowed: `one security group or private range or more, since cluster.publicEndpoint is false in stacks/${spec.name}.ts`,
      fix: "name the security group of the runners that deploy, and the network of the operators",
    });
  }
  const inside = [spec.network.cidr, spec.cluster.serviceCidr].flatMap((cidr) => parseRange(cidr) ?? []);
  const own = given.filter((caller) => {
    const range = parseRange(caller);
    return range !== undefined && inside.some((other) => overlaps(range, other));
  });
  return [
    ...own.map((caller) => ({
      argument,
      given: caller,
      allowed: `ranges outside of ${spec.network.cidr} and ${spec.cluster.serviceCidr}, the network and the Services themselves`,
      fix: "name the security group of the runner instead: a range of the network lets in every pod and node in it",
    })),
    ...unless(given.length <= mostCallers, {
      argument,
      given: `${given.length} callers`,
      allowed: `at most ${mostCallers}: each is a rule of one security group`,
      fix: "join ranges, or name one security group for several runners",
    }),
  ];
}
