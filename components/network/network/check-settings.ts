import type { Problem } from "../../base/core/index.ts";
import type { NetworkSettings, ZoneSlot } from "./settings.ts";
import { cidrProblems, maxSlots } from "./subnet-plan.ts";

/** Zone-id prefixes of the regions in use; ids are the same in every account, names are not. */
const zonePrefixes: Readonly<Record<string, string>> = { "us-east-1": "use1-", "eu-west-1": "euw1-" };

/** No EKS control plane and no MSK broker is placed in this zone (AWS: BrokerNodeGroupInfo). */
const refusedZones = ["use1-az3"];

/** Everything wrong with what an environment says about its network. */
export function checkNetworkSettings(settings: NetworkSettings, region: string): Problem[] {
  return [
    ...cidrProblems(settings.cidr),
    ...zoneCountProblems(settings.zones),
    ...settings.zones.flatMap((zone, index) => zoneProblems(zone, index, settings.zones, region)),
    ...flowLogProblems(settings),
    ...duplicateEndpoints(settings.interfaceEndpoints),
  ];
}

function zoneCountProblems(zones: readonly ZoneSlot[]): Problem[] {
  if (zones.length >= 2 && zones.length <= maxSlots) return [];
  return [
    {
      argument: "zones",
      given: `${zones.length}`,
      allowed: `2 to ${maxSlots}`,
      fix: "three suit every service the platform uses",
    },
  ];
}

function zoneProblems(zone: ZoneSlot, index: number, zones: readonly ZoneSlot[], region: string): Problem[] {
  const problems: Problem[] = [];
  const argument = `zones[${index}]`;
  const prefix = zonePrefixes[region];
  if (refusedZones.includes(zone.id)) {
    problems.push({
      argument: `${argument}.id`,
      given: zone.id,
      allowed: "a zone that EKS and MSK offer",
      fix: "take another zone of the region; both services refuse this one",
    });
  }
  if (prefix === undefined || !zone.id.startsWith(prefix)) {
    problems.push({
      argument: `${argument}.id`,
      given: zone.id,
      allowed: `a zone id of ${region} (${prefix ?? "region unknown"}azN)`,
      fix: "look ids up with: aws ec2 describe-availability-zones",
    });
  }
  if (!Number.isInteger(zone.slot) || zone.slot < 0 || zone.slot >= maxSlots) {
    problems.push({
      argument: `${argument}.slot`,
      given: String(zone.slot),
      allowed: `0 to ${maxSlots - 1}`,
      fix: "take a slot no other zone has",
    });
  }
  const twin = zones.slice(0, index).find((other) => other.slot === zone.slot || other.id === zone.id);
  if (twin) {
    problems.push({
      argument,
      given: `${zone.id} in slot ${zone.slot}, like ${twin.id} in slot ${twin.slot}`,
      allowed: "one zone a slot, one slot a zone",
      fix: "give the newer one a free slot; never renumber the older",
    });
  }
  return problems;
}

function flowLogProblems({ flowLogs }: NetworkSettings): Problem[] {
  if (Number.isInteger(flowLogs.retentionDays) && flowLogs.retentionDays >= 1) return [];
  return [
    {
      argument: "flowLogs.retentionDays",
      given: String(flowLogs.retentionDays),
      allowed: "1 or more",
      fix: "7 is enough where nobody is audited",
    },
  ];
}

function duplicateEndpoints(endpoints: readonly string[]): Problem[] {
  const twice = endpoints.filter((service, index) => endpoints.indexOf(service) !== index);
  return twice.map((service) => ({
    argument: "interfaceEndpoints",
    given: `${service} twice`,
    allowed: "each service once",
    fix: "remove one",
  }));
}
