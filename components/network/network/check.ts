import { isPrivate, isWhole, type Problem, parseRange } from "../../base/core/index.ts";
import type { NetworkSettings, ZoneSlot } from "./settings.ts";
import { maxSlots } from "./subnet-plan.ts";

const directions: Readonly<Record<string, string>> = { northeast: "ne", southeast: "se" };

/**
 * Beginning of the zone ids of a region, such as "use1-" or "apse2-". Ids mean the same zone in every account; names do
 * not (AWS, "AZ IDs").
 */
function zonePrefix(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${directions[direction] ?? direction.charAt(0)}${number}-`;
}

/** EKS places no control plane and MSK no broker in this zone (AWS: BrokerNodeGroupInfo). */
const refusedZones = ["use1-az3"];

/** All problems of the network settings of an environment. */
export function checkNetworkSettings(settings: NetworkSettings, region: string): Problem[] {
  return [
    ...cidrProblems(settings.cidr),
    ...zoneCountProblems(settings.zones),
    ...regionProblems(settings.zones, region),
    ...settings.zones.flatMap((zone, index) => zoneProblems(zone, index, settings.zones)),
    ...flowLogProblems(settings),
  ];
}

function cidrProblems(cidr: string): Problem[] {
  const range = parseRange(cidr);
  if (range?.prefix === 16 && isPrivate(range)) return [];
  return [
    {
      argument: "cidr",
      given: `"${cidr}"`,
      allowed:
        "a /16 inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 that starts on its own boundary, such as 10.30.0.0/16: the tiers of four zones need that much",
      fix: "write the first address of a free /16; other ranges belong to somebody, or EC2 refuses them",
    },
  ];
}

function zoneCountProblems(zones: readonly ZoneSlot[]): Problem[] {
  if (zones.length >= 2 && zones.length <= maxSlots) return [];
  return [
    {
      argument: "zones",
      given: `${zones.length}`,
      allowed: `2 to ${maxSlots}`,
      fix: "use three zones: every service of the platform supports that",
    },
  ];
}

/** One problem where all zones are of one other region: then the region is as likely to be wrong. */
function regionProblems(zones: readonly ZoneSlot[], region: string): Problem[] {
  const prefix = zonePrefix(region);
  const zoneId = new RegExp(`^${prefix}az[1-6]$`);
  const elsewhere = zones.flatMap(({ id }, index) => (zoneId.test(id) ? [] : [{ id, index }]));
  const prefixes = new Set(zones.map(({ id }) => /^[a-z]+\d-(?=az\d)/.exec(id)?.[0]));
  if (
    zones.length > 1 &&
    elsewhere.length === zones.length &&
    prefixes.size === 1 &&
    !prefixes.has(undefined)
  ) {
    return [
      {
        argument: "zones",
        given: zones.map(({ id }) => id).join(", "),
        allowed: `zones of region "${region}" (${prefix}az1 to ${prefix}az6)`,
        fix: "correct the region, or the zones: aws ec2 describe-availability-zones lists their ids",
      },
    ];
  }
  return elsewhere.map(({ id, index }) => ({
    argument: `zones[${index}].id`,
    given: id,
    allowed: `a zone id of region "${region}" (${prefix}az1 to ${prefix}az6)`,
    fix: "find the ids with: aws ec2 describe-availability-zones",
  }));
}

function zoneProblems(zone: ZoneSlot, index: number, zones: readonly ZoneSlot[]): Problem[] {
  const problems: Problem[] = [];
  const argument = `zones[${index}]`;
  if (refusedZones.includes(zone.id)) {
    problems.push({
      argument: `${argument}.id`,
      given: zone.id,
      allowed: "a zone that EKS and MSK offer",
      fix: "use another zone of the region; both services refuse this one",
    });
  }
  if (!isWhole(zone.slot, 0, maxSlots - 1)) {
    problems.push({
      argument: `${argument}.slot`,
      given: String(zone.slot),
      allowed: `0 to ${maxSlots - 1}`,
      fix: "use a slot that no other zone has",
    });
  }
  const earlier = zones.slice(0, index).find((other) => other.slot === zone.slot || other.id === zone.id);
  if (earlier) {
    problems.push({
      argument,
      given: `${zone.id} in slot ${zone.slot}, like ${earlier.id} in slot ${earlier.slot}`,
      allowed: "one zone per slot and one slot per zone",
      fix: "give the newer one a free slot; never renumber the older",
    });
  }
  return problems;
}

function flowLogProblems({ flowLogs }: NetworkSettings): Problem[] {
  if (isWhole(flowLogs.retentionDays, 1)) return [];
  return [
    {
      argument: "flowLogs.retentionDays",
      given: String(flowLogs.retentionDays),
      allowed: "1 or more",
      fix: "use 7 in environments that are not audited",
    },
  ];
}
