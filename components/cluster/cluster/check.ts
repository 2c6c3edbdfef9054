import {
  isPrivate,
  isWhole,
  logRetentionProblems,
  overlaps,
  type Problem,
  parseRange,
  privateRanges,
  type Range,
  under,
} from "../../base/core/index.ts";
import { checkNodeGroups } from "../node-pools/index.ts";
import type { ClusterArgs } from "./args.ts";
import type { ClusterSettings } from "./settings.ts";
import { kubernetesVersions, supportProblems } from "./versions.ts";

/** 65,536 addresses, enough for a large company. Anything wider is a part of the internet, and two /1 are all of it. */
const widestOperatorPrefix = 16;

/** EKS refuses these for the public endpoint, because no request arrives there from such an address. */
const unroutableRanges = [...privateRanges, parseRange("100.64.0.0/10") as Range];

/** Whether requests from the addresses arrive at the public endpoint, where EKS would accept the range. */
export function isPublicRange(range: Range): boolean {
  return unroutableRanges.every((unroutable) => !overlaps(unroutable, range));
}

/** Everything wrong with the arguments of the block, including the settings. */
export function clusterProblems(args: ClusterArgs, hasProvider: boolean): Problem[] {
  return [
    ...under("settings", checkClusterSettings(args.settings, Object.keys(args.nodeSubnetIds).length)),
    ...protectionProblems(args),
    ...nameProblems(args.clusterName),
    ...subnetProblems(args),
    ...endpointProblems(args),
    ...callerProblems(args),
    ...administratorProblems(args),
    ...(hasProvider ? [] : [missingProvider]),
  ];
}

/** A plugin creates the control plane. Without a given provider, it would use one of its own version and account. */
const missingProvider: Problem = {
  argument: "opts.provider",
  given: "none",
  allowed: "an aws.Provider",
  fix: "pass the provider of the home region",
};

function protectionProblems({ settings, removal }: ClusterArgs): Problem[] {
  const argument = "settings.deletionProtected";
  if (settings.deletionProtected && removal !== "retain-all") {
    return [
      {
        argument,
        given: `true with removal "${removal}"`,
        allowed: "false where a destroy removes the cluster",
        fix: "set it to false: EKS would stop the destroy half-way",
      },
    ];
  }
  if (!settings.deletionProtected && removal === "retain-all") {
    return [
      {
        argument,
        given: 'false with removal "retain-all"',
        allowed: "true where the cluster must stay",
        fix: "set it to true: the protection in the program does not stop a deletion by hand",
      },
    ];
  }
  return [];
}

function nameProblems(clusterName: string): Problem[] {
  // 100 is the limit of EKS; the CLI and trust policies accept letters, digits and hyphens.
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
      fix: "pass one subnet for every zone of the network; EKS refuses a single zone",
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
        fix: "name the address ranges of the operators, or switch the public endpoint off",
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
          allowed: `a range that starts at its first address, /${widestOperatorPrefix} or smaller`,
          fix: "name the range of the office or the VPN, such as 203.0.113.0/24; never the whole internet",
        },
      ];
    }
    if (isPublicRange(range)) return [];
    return [
      {
        argument,
        given,
        allowed: "public addresses",
        fix: "name the public addresses of the operators; inside the network the private endpoint answers",
      },
    ];
  });
}

/** A caller of the private endpoint: a security group, or a private range that is no larger than a company network. */
export function isApiServerCaller(caller: string): boolean {
  const range = parseRange(caller);
  if (range === undefined) return /^sg-[0-9a-f]{8,17}$/.test(caller);
  return range.prefix >= widestOperatorPrefix && isPrivate(range);
}

/** Without a public endpoint and without callers, only nodes reach the API server, and no deploy can make its objects. */
function callerProblems({ settings, apiServerCallers }: ClusterArgs): Problem[] {
  const problems = apiServerCallers.flatMap((caller, index) =>
    isApiServerCaller(caller)
      ? []
      : [
          {
            argument: `apiServerCallers[${index}]`,
            given: `"${caller}"`,
            allowed: `a private range, /${widestOperatorPrefix} or smaller, or the id of a security group`,
            fix: "name the network of the operators or the security group of the runners",
          },
        ],
  );
  if (settings.publicEndpoint || apiServerCallers.length > 0) return problems;
  return [
    {
      argument: "apiServerCallers",
      given: "none",
      allowed: "one or more without settings.publicEndpoint",
      fix: "name the security group of the runners: without it no deploy reaches the API server",
    },
  ];
}

function administratorProblems({ administrators, accountId }: ClusterArgs): Problem[] {
  const entries = Object.entries(administrators);
  if (entries.length === 0) {
    return [
      {
        argument: "administrators",
        given: "none",
        allowed: "one role or more, with the deploy role among them",
        fix: "name them: nobody else has access, not even the creator of the cluster",
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
        fix: 'use a name such as "deploy"',
      });
    }
    if (!role.test(arn)) {
      problems.push({
        argument,
        given: `"${arn}"`,
        allowed: `arn:aws:iam::${accountId}:role/<name>`,
        fix: "name a role of this account: users have keys that never expire, and root is for emergencies",
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

/**
 * Everything wrong with the cluster settings of an environment with so many zones.
 *
 * With `today`, the end of standard support is checked too. The tests over all environments pass it. The block does not:
 * a deploy in an emergency must not fail because a date has passed.
 */
export function checkClusterSettings(settings: ClusterSettings, zones: number, today?: Date): Problem[] {
  return [
    ...versionProblems(settings.version),
    ...(today ? supportProblems([settings.version], today) : []),
    ...serviceCidrProblems(settings.serviceCidr),
    ...logRetentionProblems(settings.logRetentionDays),
    ...archiveProblems(settings),
    ...checkNodeGroups(settings.nodeGroups, zones),
  ];
}

function versionProblems(version: string): Problem[] {
  if (Object.hasOwn(kubernetesVersions, version)) return [];
  return [
    {
      argument: "version",
      given: `"${version}"`,
      allowed: Object.keys(kubernetesVersions).toSorted().join(", "),
      fix: "choose one of these, or add the minor with all its add-ons to components/cluster/cluster/versions.ts",
      choices: Object.keys(kubernetesVersions),
    },
  ];
}

/** An archive that is shorter than the log group costs money and holds nothing more. */
function archiveProblems({ logArchiveDays, logRetentionDays }: ClusterSettings): Problem[] {
  const longer = isWhole(logArchiveDays, logRetentionDays + 1);
  if (logArchiveDays === 0 || longer) return [];
  return [
    {
      argument: "logArchiveDays",
      given: String(logArchiveDays),
      allowed: `0 for none, or a whole number above logRetentionDays, ${logRetentionDays}`,
      fix: "auditors ask for one year; use 0 where there is no audit",
    },
  ];
}

function serviceCidrProblems(cidr: string): Problem[] {
  const range = parseRange(cidr);
  const allowed = range && range.prefix >= 12 && range.prefix <= 24 && isPrivate(range);
  if (allowed) return [];
  return [
    {
      argument: "serviceCidr",
      given: `"${cidr}"`,
      allowed:
        "a /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, that starts at its first address",
      fix: "use 172.20.0.0/16 unless a network uses it; it cannot be changed later",
    },
  ];
}
