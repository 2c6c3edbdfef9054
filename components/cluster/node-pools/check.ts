import * as aws from "@pulumi/aws";
import { isWhole, type Problem } from "../../base/core/index.ts";
import { isCurrentGeneration, nodeShape, parseInstanceType } from "./instance-types.ts";
import type { NodeGroupSettings, NodeGroupsSettings } from "./settings.ts";

/** With fewer than four types, one zone can run out of spot capacity for all of them at once (controls: NG-14). */
const spotTypes = 4;

/** System and images take about 15 GiB, and the kubelet evicts below 15 % free space; a smaller disk evicts during pulls. */
const smallestDiskGiB = 30;
/** 16 TiB, the largest gp3 volume (AWS, "EBS volume types"). */
const largestDiskGiB = 16_384;
/** Quota of a managed node group (AWS, "EKS service quotas"). */
const mostNodes = 450;

/** Types that EC2 offers somewhere, as the AWS provider lists them. Update the provider to use a newer one. */
const offeredTypes: readonly string[] = Object.values(aws.ec2.InstanceType);

/** Everything wrong with the node groups of an environment with so many zones. */
export function checkNodeGroups(nodeGroups: NodeGroupsSettings, zones: number): Problem[] {
  return Object.entries(nodeGroups).flatMap(([nodePool, group]) => {
    const at = `nodeGroups.${nodePool}`;
    return [
      ...sizeProblems(at, group),
      ...zoneProblems(at, group, zones),
      ...typeProblems(at, group.instanceTypes),
      ...spotProblems(at, group),
    ];
  });
}

function sizeProblems(at: string, group: NodeGroupSettings): Problem[] {
  const problems: Problem[] = [];
  if (!isWhole(group.minNodes, 1, mostNodes)) {
    problems.push({
      argument: `${at}.minNodes`,
      given: String(group.minNodes),
      allowed: `a whole number from 1 to ${mostNodes}`,
      fix: "keep at least one node, so that a pod never waits minutes for the first node of its pool",
    });
  }
  if (!isWhole(group.maxNodes, group.minNodes, mostNodes)) {
    problems.push({
      argument: `${at}.maxNodes`,
      given: String(group.maxNodes),
      allowed: `a whole number from minNodes (${group.minNodes}) to ${mostNodes}`,
      fix: "raise it, or lower minNodes",
    });
  }
  if (!isWhole(group.diskGiB, smallestDiskGiB, largestDiskGiB)) {
    problems.push({
      argument: `${at}.diskGiB`,
      given: String(group.diskGiB),
      allowed: `a whole number from ${smallestDiskGiB} to ${largestDiskGiB}`,
      fix: "use 50, which leaves room for two versions of every image",
    });
  }
  return problems;
}

/** A group without a node has no zone from which the autoscaler could take the shape of its nodes. */
function zoneProblems(at: string, { groups, minNodes }: NodeGroupSettings, zones: number): Problem[] {
  if (groups === "over-zones" || minNodes >= zones) return [];
  return [
    {
      argument: `${at}.groups`,
      given: `"${groups}" with minNodes ${minNodes}`,
      allowed: `minNodes of at least ${zones}, one in each zone`,
      fix: 'raise minNodes, or use "over-zones"',
    },
  ];
}

function typeProblems(at: string, names: readonly string[]): Problem[] {
  const argument = `${at}.instanceTypes`;
  if (names.length === 0) {
    return [{ argument, given: "none", allowed: "one type or more", fix: "use m7g.large" }];
  }
  const problems: Problem[] = [];
  const known = names.flatMap((name) => {
    const type = parseInstanceType(name);
    if (type && isCurrentGeneration(type) && offeredTypes.includes(name)) return [type];
    const sizes = offeredTypes.filter((each) => each.startsWith(`${name.split(".")[0] ?? ""}.`));
    problems.push({
      argument,
      given: `"${name}"`,
      allowed:
        type && isCurrentGeneration(type) && sizes.length > 0
          ? sizes.join(", ")
          : "m, c or r of generation 6 or newer, t3, t3a or t4g",
      fix: "use the same size of a current family, such as m7g",
      choices: sizes.length > 0 ? sizes : offeredTypes,
    });
    return [];
  });
  const architectures = [...new Set(known.map((type) => type.architecture))];
  if (architectures.length > 1) {
    problems.push({
      argument,
      given: `${architectures.join(" and ")} in ${names.join(", ")}`,
      allowed: "one architecture per group",
      fix: "keep only the Graviton types (letter g) or only the others: all nodes of a group boot the same image",
    });
  }
  const shapes = [...new Set(known.map(nodeShape))];
  if (architectures.length === 1 && shapes.length > 1) {
    problems.push({
      argument,
      given: names.join(", "),
      allowed: "types of equal CPU and memory",
      fix: "keep one size of one family letter: the autoscaler assumes that all types of a group are equal",
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
