import { isWhole, type Problem } from "../../base/core/index.ts";
import { type EdgeArgs, hostNames } from "./args.ts";
import type { EdgeSettings } from "./settings.ts";

/** Longest name of a load balancer or target group is 32; "-rest" and the eight characters that Pulumi adds come off it. */
const longestName = 19;

/** Values one listener rule may compare with, all its conditions together. */
const valuesPerRule = 5;

/** Everything wrong with the edge part of a page. */
export function checkEdgeSettings(settings: EdgeSettings): Problem[] {
  const problems: Problem[] = [];
  // 4,000 is the limit of load balancers; below 30 the API's own limit of 30 s could never be reached.
  if (!isWhole(settings.idleTimeoutSeconds, 30, 4000)) {
    problems.push({
      argument: "idleTimeoutSeconds",
      given: String(settings.idleTimeoutSeconds),
      allowed: "30 to 4000",
      fix: "take 60 unless streams are silent for longer",
    });
  }
  if (!isWhole(settings.deregistrationDelaySeconds, 30, 120)) {
    problems.push({
      argument: "deregistrationDelaySeconds",
      given: String(settings.deregistrationDelaySeconds),
      allowed: "30 to 120",
      fix: "take 30: requests end within that, and a roll-out waits as long for each pod",
    });
  }
  if (!isWhole(settings.busyRequestsPerMinute, 1, Number.MAX_SAFE_INTEGER)) {
    problems.push({
      argument: "busyRequestsPerMinute",
      given: String(settings.busyRequestsPerMinute),
      allowed: "a whole number, 1 or more",
      fix: "give the requests of a busy minute",
    });
  }
  return problems;
}

/** Everything wrong with the arguments of the block, with the settings among them. */
export function edgeArgProblems(name: string, args: EdgeArgs): Problem[] {
  return [
    ...checkEdgeSettings(args.settings).map((p) => ({ ...p, argument: `settings.${p.argument}` })),
    ...nameProblems(name),
    ...domainProblems("domain", args.domain),
    ...subnetProblems(args),
    ...reachProblems(args),
    ...portProblems(args),
    ...podProblems(args),
    ...routeProblems(args),
    ...probeProblems(args),
  ];
}

function nameProblems(name: string): Problem[] {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && name.length <= longestName) return [];
  return [
    {
      argument: "name",
      given: `"${name}"`,
      allowed: `at most ${longestName} lower-case letters, digits and single hyphens`,
      fix: "shorten the name of the block; load balancers and target groups are named after it",
    },
  ];
}

/** A name that a certificate and a record can be made for. 64 is the limit of a certificate's first name. */
export function domainProblems(argument: string, domain: string): Problem[] {
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  if (new RegExp(`^(?:${label}\\.)+[a-z]{2,}$`).test(domain) && domain.length <= 64) return [];
  return [
    {
      argument,
      given: `"${domain}"`,
      allowed: "a full lower-case DNS name of at most 64 characters, without a wildcard or a final dot",
      fix: 'give the name of the API, such as "api." and your zone',
    },
  ];
}

function subnetProblems(args: EdgeArgs): Problem[] {
  const zones = Object.keys(args.subnetIds).toSorted();
  if (zones.length >= 2) return [];
  return [
    {
      argument: "subnetIds",
      given: zones.join(", ") || "none",
      allowed: "public subnets in two zones or more",
      fix: "pass the public subnets of every zone",
    },
  ];
}

function reachProblems(args: EdgeArgs): Problem[] {
  if (args.reach.from === "distribution") {
    return prefixListProblems("reach.prefixListId", args.reach.prefixListId);
  }
  const { cidrs } = args.reach;
  if (cidrs.length === 0) {
    return [
      {
        argument: "reach.cidrs",
        given: "none",
        allowed: "one IPv4 range or more",
        fix: 'name who may connect; ["0.0.0.0/0"] is everybody',
      },
    ];
  }
  return cidrs.flatMap((cidr, at) =>
    /^(?:\d{1,3}\.){3}\d{1,3}\/(?:\d|[12]\d|3[0-2])$/.test(cidr) &&
    cidr.split(/[./]/).every((part) => Number(part) <= 255)
      ? []
      : [
          {
            argument: `reach.cidrs[${at}]`,
            given: `"${cidr}"`,
            allowed: 'an IPv4 range such as "198.51.100.0/24"',
            fix: "correct it or remove it",
          },
        ],
  );
}

function prefixListProblems(argument: string, id: string): Problem[] {
  if (/^pl-[0-9a-f]{8,17}$/.test(id)) return [];
  return [
    {
      argument,
      given: `"${id}"`,
      allowed: 'the id of a prefix list, such as "pl-0123abcd"',
      fix: "find it with `aws ec2 describe-managed-prefix-lists` in the region of the load balancer",
    },
  ];
}

function portProblems(args: EdgeArgs): Problem[] {
  const ports = {
    "rest.port": args.rest.port,
    "rest.healthPort": args.rest.healthPort,
    "grpc.port": args.grpc.port,
  };
  return Object.entries(ports)
    .filter(([, port]) => !isWhole(port, 1024, 65_535))
    .map(([argument, port]) => ({
      argument,
      given: String(port),
      allowed: "1024 to 65535",
      fix: "pods run without the right to lower ports",
    }));
}

function podProblems(args: EdgeArgs): Problem[] {
  const { settings, rest, podGraceSeconds } = args;
  const problems: Problem[] = [];
  if (settings.deregistrationDelaySeconds > podGraceSeconds) {
    problems.push({
      argument: "podGraceSeconds",
      given: String(podGraceSeconds),
      allowed: `${settings.deregistrationDelaySeconds} or more, settings.deregistrationDelaySeconds`,
      fix: "give pods longer to stop; they would be gone while requests still come",
    });
  }
  if (rest.keepAliveSeconds <= settings.idleTimeoutSeconds) {
    problems.push({
      argument: "rest.keepAliveSeconds",
      given: String(rest.keepAliveSeconds),
      allowed: `above ${settings.idleTimeoutSeconds}, settings.idleTimeoutSeconds`,
      fix: "let pods keep idle connections longer than the load balancer does, or requests end with 502",
    });
  }
  return problems;
}

function routeProblems(args: EdgeArgs): Problem[] {
  const problems: Problem[] = [];
  // Every rule also compares with the host names and, behind a distribution, with the secret.
  const room = valuesPerRule - hostNames(args).length - (args.reach.from === "distribution" ? 1 : 0);
  const lists = { "rest.paths": args.rest.paths, "grpc.services": args.grpc.services };
  for (const [argument, list] of Object.entries(lists)) {
    if (list.length >= 1 && list.length <= room) continue;
    problems.push({
      argument,
      given: `${list.length} (${list.join(", ")})`,
      allowed: `1 to ${room}; a listener rule compares with ${valuesPerRule} values, host names and secret among them`,
      fix: "use patterns that cover more",
    });
  }
  for (const path of args.rest.paths.filter(
    (each) => !/^\/[A-Za-z0-9_\-.$/~"'@:+&*?]*$/.test(each) || each === "/*",
  )) {
    problems.push({
      argument: "rest.paths",
      given: `"${path}"`,
      allowed: 'patterns that begin with "/" and name something, such as "/v1/*"',
      fix: "list what the API offers; the rest is answered with 404 before it reaches a pod",
    });
  }
  for (const service of args.grpc.services.filter(
    (each) => !/^[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)+$/.test(each),
  )) {
    problems.push({
      argument: "grpc.services",
      given: `"${service}"`,
      allowed: 'full names such as "tasks.v1.TaskService"',
      fix: "take package and service from the proto file",
    });
  }
  return problems;
}

function probeProblems(args: EdgeArgs): Problem[] {
  if (args.settings.failover !== "primary") return [];
  const problems: Problem[] = [];
  if (args.probePath === undefined || !args.probePath.startsWith("/")) {
    problems.push({
      argument: "probePath",
      given: args.probePath === undefined ? "none" : `"${args.probePath}"`,
      allowed: 'a path of the API that answers 2xx to everybody when settings.failover is "primary"',
      fix: "name the path that tells from outside whether this region serves",
    });
  }
  const everybody = args.reach.from === "clients" && args.reach.cidrs.includes("0.0.0.0/0");
  if (args.probePrefixListId !== undefined) {
    problems.push(...prefixListProblems("probePrefixListId", args.probePrefixListId));
  } else if (!everybody) {
    problems.push({
      argument: "probePrefixListId",
      given: "none",
      allowed: "Route 53's list of health checkers, where not everybody reaches the load balancer",
      fix: "pass it, or every probe fails and the other region takes over at once",
    });
  }
  return problems;
}
