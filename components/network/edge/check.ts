import { isWhole, type Problem, parseRange, under } from "../../base/core/index.ts";
import { checkDomain } from "../certificate/index.ts";
import { type EdgeArgs, hostNames } from "./args.ts";
import type { EdgeSettings } from "./settings.ts";

/** Names of load balancers and target groups have at most 32 characters, minus "-rest" and the eight that Pulumi adds. */
const longestName = 19;

/** Most values in all conditions of one listener rule. */
const valuesPerRule = 5;

/** All problems of the edge settings of an environment. */
export function checkEdgeSettings(settings: EdgeSettings): Problem[] {
  const problems: Problem[] = [];
  // Load balancers allow at most 4,000. Below 30 s they would end requests before the time-out of the gateway (docs/requirements.md, APIs).
  if (!isWhole(settings.idleTimeoutSeconds, 30, 4000)) {
    problems.push({
      argument: "idleTimeoutSeconds",
      given: String(settings.idleTimeoutSeconds),
      allowed: "30 to 4000",
      fix: "use 60 unless streams are idle for longer",
    });
  }
  if (!isWhole(settings.deregistrationDelaySeconds, 30, 120)) {
    problems.push({
      argument: "deregistrationDelaySeconds",
      given: String(settings.deregistrationDelaySeconds),
      allowed: "30 to 120",
      fix: "use 30: requests end within that time, and a rollout waits that long for each pod",
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

/** All problems of the arguments of the block, including its settings. */
export function checkEdgeArgs(name: string, args: EdgeArgs): Problem[] {
  return [
    ...under("settings", checkEdgeSettings(args.settings)),
    ...nameProblems(name),
    ...checkDomain("domain", args.domain),
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
      fix: "shorten the name of the block: load balancers and target groups get their names from it",
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
        fix: 'list the ranges that may connect; ["0.0.0.0/0"] is the internet',
      },
    ];
  }
  return cidrs.flatMap((cidr, at) =>
    parseRange(cidr)
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
      fix: "use a higher port: pods may not bind lower ones",
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
      fix: "give pods more time to stop, or they end while requests still arrive",
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
  // Every rule also has the host names and, behind a distribution, the secret.
  const room = valuesPerRule - hostNames(args).length - (args.reach.from === "distribution" ? 1 : 0);
  const lists = { "rest.paths": args.rest.paths, "grpc.services": args.grpc.services };
  for (const [argument, list] of Object.entries(lists)) {
    if (list.length >= 1 && list.length <= room) continue;
    problems.push({
      argument,
      given: `${list.length} (${list.join(", ")})`,
      allowed: `1 to ${room}; a listener rule has at most ${valuesPerRule} values, including host names and secret`,
      fix: "use fewer patterns that match more",
    });
  }
  for (const path of args.rest.paths.filter(
    (each) => !/^\/[A-Za-z0-9_\-.$/~"'@:+&*?]*$/.test(each) || each === "/*",
  )) {
    problems.push({
      argument: "rest.paths",
      given: `"${path}"`,
      allowed: 'patterns that begin with "/" and are more than "/*", such as "/v1/*"',
      fix: "list the paths of the API; other paths get 404 and reach no pod",
    });
  }
  for (const service of args.grpc.services.filter(
    (each) => !/^[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_]+)+$/.test(each),
  )) {
    problems.push({
      argument: "grpc.services",
      given: `"${service}"`,
      allowed: 'full names such as "tasks.v1.TaskService"',
      fix: "use package and service of the proto file",
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
      allowed:
        'a path of the API that answers 2xx without authentication when settings.failover is "primary"',
      fix: "pass the path that shows whether this region works",
    });
  }
  const openToAll = args.reach.from === "clients" && args.reach.cidrs.includes("0.0.0.0/0");
  if (args.probePrefixListId !== undefined) {
    problems.push(...prefixListProblems("probePrefixListId", args.probePrefixListId));
  } else if (!openToAll) {
    problems.push({
      argument: "probePrefixListId",
      given: "none",
      allowed:
        "the prefix list of Route 53's health checkers, because the load balancer is not open to the internet",
      fix: "pass its id, or every probe fails and the other region takes over at once",
    });
  }
  return problems;
}
