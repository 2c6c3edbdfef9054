import {
  contains,
  logRetentionProblems,
  type Problem,
  parseRange,
  type Range,
} from "../../base/core/index.ts";

import { isCurrentGeneration, nodeShape, parseInstanceType } from "./instance-types.ts";
import type { ClusterSettings, NodeGroupSettings } from "./settings.ts";
import { kubernetesVersions, supportProblems } from "./versions.ts";

/** Below four types spot capacity of one zone runs dry at once (controls: NG-14). */
const spotTypes = 4;

/** System and images take about 15 GiB, and the kubelet evicts at 15 % free; smaller disks evict while they pull. */
const smallestDiskGiB = 30;

/**
 * Everything wrong with what an environment says about its cluster.
 *
 * With `today` the support calendar is asked too. The block does not give it: a deploy in an emergency must not fail
 * because a date went by. The tests over all environments do.
 */
export function checkClusterSettings(settings: ClusterSettings, today?: Date): Problem[] {
  return [
    ...versionProblems(settings.version),
    ...(today ? supportProblems([settings.version], today) : []),
    ...serviceCidrProblems(settings.serviceCidr),
    ...logRetentionProblems(settings.logRetentionDays),
    ...archiveProblems(settings),
    ...Object.entries(settings.nodeGroups).flatMap(([pool, group]) => nodeGroupProblems(pool, group)),
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
    },
  ];
}

/** An archive that ends before the log group is paid for and holds nothing new. */
function archiveProblems({ logArchiveDays, logRetentionDays }: ClusterSettings): Problem[] {
  const longer = Number.isInteger(logArchiveDays) && logArchiveDays > logRetentionDays;
  if (logArchiveDays === 0 || longer) return [];
  return [
    {
      argument: "logArchiveDays",
      given: String(logArchiveDays),
      allowed: `0 for none, or a whole number above logRetentionDays, ${logRetentionDays}`,
      fix: "auditors ask for a year; 0 where nobody is audited",
    },
  ];
}

function serviceCidrProblems(cidr: string): Problem[] {
  const range = parseRange(cidr);
  const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(
    (text) => parseRange(text) as Range,
  );
  const allowed =
    range && range.prefix >= 12 && range.prefix <= 24 && privateRanges.some((p) => contains(p, range));
  if (allowed) return [];
  return [
    {
      argument: "serviceCidr",
      given: `"${cidr}"`,
      allowed: "a /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, from its first address",
      fix: "take 172.20.0.0/16 unless a network uses it; it cannot be changed later",
    },
  ];
}

function nodeGroupProblems(pool: string, group: NodeGroupSettings): Problem[] {
  const at = `nodeGroups.${pool}`;
  return [...sizeProblems(at, group), ...typeProblems(at, group.instanceTypes), ...spotProblems(at, group)];
}

function sizeProblems(at: string, group: NodeGroupSettings): Problem[] {
  const problems: Problem[] = [];
  if (!Number.isInteger(group.minNodes) || group.minNodes < 1) {
    problems.push({
      argument: `${at}.minNodes`,
      given: String(group.minNodes),
      allowed: "a whole number from 1",
      fix: "keep one node at least, so that a pod of the pool never waits minutes for the first one",
    });
  }
  if (!Number.isInteger(group.maxNodes) || group.maxNodes < group.minNodes) {
    problems.push({
      argument: `${at}.maxNodes`,
      given: String(group.maxNodes),
      allowed: `a whole number from minNodes (${group.minNodes})`,
      fix: "raise it, or lower minNodes",
    });
  }
  if (!Number.isInteger(group.diskGiB) || group.diskGiB < smallestDiskGiB) {
    problems.push({
      argument: `${at}.diskGiB`,
      given: String(group.diskGiB),
      allowed: `a whole number from ${smallestDiskGiB}`,
      fix: "take 50, which leaves room for two versions of every image",
    });
  }
  return problems;
}

function typeProblems(at: string, names: readonly string[]): Problem[] {
  const argument = `${at}.instanceTypes`;
  if (names.length === 0) {
    return [{ argument, given: "none", allowed: "one type or more", fix: "take m7g.large" }];
  }
  const problems: Problem[] = [];
  const known = names.flatMap((name) => {
    const type = parseInstanceType(name);
    if (type && isCurrentGeneration(type)) return [type];
    problems.push({
      argument,
      given: `"${name}"`,
      allowed: "m, c or r of generation 6 or newer, t3, t3a or t4g",
      fix: "take the same size of a current family, such as m7g",
    });
    return [];
  });
  const architectures = [...new Set(known.map((type) => type.architecture))];
  if (architectures.length > 1) {
    problems.push({
      argument,
      given: `${architectures.join(" and ")} in ${names.join(", ")}`,
      allowed: "one architecture a group",
      fix: "keep the Graviton types (letter g) or the others; a group boots one image",
    });
  }
  const shapes = [...new Set(known.map(nodeShape))];
  if (architectures.length === 1 && shapes.length > 1) {
    problems.push({
      argument,
      given: names.join(", "),
      allowed: "types of equal CPU and memory",
      fix: "keep one size of one family letter; the autoscaler takes all types of a group for equal",
    });
  }
  return problems;
}

function spotProblems(at: string, group: NodeGroupSettings): Problem[] {
  const different = new Set(group.instanceTypes).size;
  if (group.capacityType !== "spot" || different >= spotTypes) return [];
  return [
    {
      argument: `${at}.instanceTypes`,
      given: `${different} for spot capacity`,
      allowed: `${spotTypes} types or more`,
      fix: "add generations of the same size, such as m6g, m6gd, m7g, m7gd, m8g",
    },
  ];
}
