import { overlaps, type Problem, parseRange, type Range } from "../../base/core/index.ts";
import type { ClusterArgs } from "./args.ts";
import { checkClusterSettings } from "./check-settings.ts";

/** 65,536 addresses: a large company. Anything wider is a part of the internet, and two /1 are all of it. */
const widestOperatorPrefix = 16;

/** EKS refuses these for the public endpoint: nobody arrives there from such an address. */
const privateRanges = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"].map(
  (text) => parseRange(text) as Range,
);

/** Everything wrong with the arguments of the block, with the settings among them. */
export function clusterProblems(args: ClusterArgs, hasProvider: boolean): Problem[] {
  return [
    ...checkClusterSettings(args.settings).map((problem) => ({
      ...problem,
      argument: `settings.${problem.argument}`,
    })),
    ...protectionProblems(args),
    ...nameProblems(args.clusterName),
    ...subnetProblems(args),
    ...endpointProblems(args),
    ...administratorProblems(args),
    ...(hasProvider ? [] : [missingProvider]),
  ];
}

/** The control plane is made by a plugin that would otherwise bring an AWS provider of its own version and account. */
const missingProvider: Problem = {
  argument: "opts.provider",
  given: "none",
  allowed: "an aws.Provider",
  fix: "pass the provider of the home region",
};

function protectionProblems({ settings, removal }: ClusterArgs): Problem[] {
  const argument = "settings.deletionProtected";
  if (settings.deletionProtected && removal === "remove") {
    return [
      {
        argument,
        given: 'true with removal "remove"',
        allowed: "false where a destroy is to remove everything",
        fix: "set it to false: EKS would refuse the destroy half-way",
      },
    ];
  }
  if (!settings.deletionProtected && removal === "retain-all") {
    return [
      {
        argument,
        given: 'false with removal "retain-all"',
        allowed: "true where the cluster must stay",
        fix: "set it to true: protection of the program does not stop a deletion by hand",
      },
    ];
  }
  return [];
}

function nameProblems(clusterName: string): Problem[] {
  // 100 is the limit of EKS; the CLI and trust policies take letters, digits and hyphens.
  if (/^[a-z](?:-?[a-z0-9]){0,99}$/.test(clusterName) && clusterName.length <= 100) return [];
  return [
    {
      argument: "clusterName",
      given: `"${clusterName}"`,
      allowed: "at most 100 lower-case letters, digits and single hyphens, beginning with a letter",
      fix: 'name it like "task-prod"',
    },
  ];
}

function subnetProblems(args: ClusterArgs): Problem[] {
  const zones = (ids: object): string => Object.keys(ids).toSorted().join(", ");
  const problems: Problem[] = [];
  for (const argument of ["nodeSubnetIds", "controlPlaneSubnetIds"] as const) {
    if (Object.keys(args[argument]).length >= 2) continue;
    problems.push({
      argument,
      given: zones(args[argument]) || "none",
      allowed: "subnets in two zones or more",
      fix: "pass one of every zone of the network; EKS refuses a single zone",
    });
  }
  if (zones(args.nodeSubnetIds) !== zones(args.controlPlaneSubnetIds)) {
    problems.push({
      argument: "nodeSubnetIds",
      given: `zones ${zones(args.nodeSubnetIds)}`,
      allowed: `the zones of controlPlaneSubnetIds, ${zones(args.controlPlaneSubnetIds)}`,
      fix: "pass both from one network",
    });
  }
  return problems;
}

function endpointProblems({ settings, operatorCidrs }: ClusterArgs): Problem[] {
  if (!settings.publicEndpoint) return [];
  if (operatorCidrs.length === 0) {
    return [
      {
        argument: "operatorCidrs",
        given: "none",
        allowed: "one range or more with settings.publicEndpoint",
        fix: "name the ranges operators come from, or switch the public endpoint off",
      },
    ];
  }
  return operatorCidrs.flatMap((cidr, index) => {
    const range = parseRange(cidr);
    const argument = `operatorCidrs[${index}]`;
    const given = `"${cidr}"`;
    if (range === undefined || range.prefix < widestOperatorPrefix) {
      return [
        {
          argument,
          given,
          allowed: `a range from its first address, of a /${widestOperatorPrefix} or smaller`,
          fix: "name the office or the VPN, such as 203.0.113.0/24; never the whole internet",
        },
      ];
    }
    if (privateRanges.every((reserved) => !overlaps(reserved, range))) return [];
    return [
      {
        argument,
        given,
        allowed: "public addresses",
        fix: "name the addresses the internet sees; inside the network the private endpoint answers",
      },
    ];
  });
}

function administratorProblems({ administrators, accountId }: ClusterArgs): Problem[] {
  const entries = Object.entries(administrators);
  if (entries.length === 0) {
    return [
      {
        argument: "administrators",
        given: "none",
        allowed: "one role or more, with the role that deploys",
        fix: "name them: not even the creator of the cluster is let in otherwise",
      },
    ];
  }
  const problems: Problem[] = [];
  const role = new RegExp(`^arn:aws:iam::${accountId}:role/[\\w+=,.@/-]+$`);
  const keysByRole = new Map<string, string>();
  for (const [key, arn] of entries) {
    const argument = `administrators.${key}`;
    const twin = keysByRole.get(arn);
    if (!/^[a-z](?:-?[a-z0-9])*$/.test(key)) {
      problems.push({
        argument,
        given: `the key "${key}"`,
        allowed: "lower-case letters, digits and single hyphens, beginning with a letter",
        fix: 'name who it is, such as "deploy"',
      });
    }
    if (!role.test(arn)) {
      problems.push({
        argument,
        given: `"${arn}"`,
        allowed: `arn:aws:iam::${accountId}:role/<name>`,
        fix: "name a role of this account; users hold keys that never expire, and root is for emergencies",
      });
    } else if (twin !== undefined) {
      problems.push({
        argument,
        given: `the role of administrators.${twin}`,
        allowed: "each role once",
        fix: "remove one; EKS refuses a second entry for a role",
      });
    }
    keysByRole.set(arn, key);
  }
  return problems;
}
