import { contains, overlaps, parseRange } from "../../../components/base/core/index.ts";
import type { Plan, PlannedResource } from "../model/index.ts";
import type { Ask, Subnet } from "./types.ts";

export type Inputs = Readonly<Record<string, unknown>>;

/** The resources of a plan together with what AWS makes, by type. */
export interface Model {
  readonly all: (type: string) => readonly PlannedResource[];
  /** @throws Error when a reference leads nowhere: then a verdict would be made up. */
  readonly subnets: (ids: unknown) => readonly Subnet[];
  /** Name of a resource by its id, for a rule that people read. */
  readonly nameOf: (id: string) => string;
  readonly config: (key: string) => string | undefined;
  readonly region: string;
  readonly accountId: string;
}

/** @throws Error for a preview, because it has no ids. */
export function readModel(plan: Plan): Model {
  if (plan.mode !== "resolved") throw new Error("reachability needs a resolved plan: a preview has no ids");
  const resources = [...plan.resources, ...plan.madeByAws];
  const byType = Map.groupBy(resources, ({ type }) => type);
  const byId = new Map(resources.filter(({ id }) => id !== "").map((one) => [one.id, one]));
  const all = (type: string): readonly PlannedResource[] => byType.get(type) ?? [];
  const home = all("pulumi:providers:aws").find(({ name }) => name === "aws-home");
  const config = (key: string): string | undefined => plan.config[`${plan.project}:${key}`];
  return {
    all,
    config,
    nameOf: (id) => byId.get(id)?.name ?? id,
    subnets: (ids) => texts(ids).map((id) => toSubnet(byId.get(id), id)),
    region: String(home?.inputs.region),
    accountId: config("accountId") ?? "",
  };
}

function toSubnet(resource: PlannedResource | undefined, id: string): Subnet {
  if (resource?.type !== "aws:ec2/subnet:Subnet") throw new Error(`subnet ${id} is not in the plan`);
  const { cidrBlock, mapPublicIpOnLaunch } = resource.inputs;
  return {
    id,
    name: resource.name,
    cidr: String(cidrBlock),
    publicAddresses: mapPublicIpOnLaunch === true,
  };
}

/** The texts of a list; empty for anything else. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** A text; empty for anything else. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The object at a path of names; empty when there is none. */
export function inside(value: unknown, ...path: readonly string[]): Inputs {
  const found = path.reduce<unknown>((at, name) => (at as Inputs | undefined)?.[name], value);
  return typeof found === "object" && found !== null ? (found as Inputs) : {};
}

/** The objects of a list at a path of names. */
export function itemsOf(value: unknown, ...path: readonly string[]): readonly Inputs[] {
  const found = path.reduce<unknown>((at, name) => (at as Inputs | undefined)?.[name], value);
  return Array.isArray(found) ? (found as Inputs[]) : [];
}

/** All addresses. As a target of rules it means the internet, which has no private address. */
export const anywhere = "0.0.0.0/0";

const privateRanges = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
].flatMap((range) => parseRange(range) ?? []);

/** Whether a rule for a range covers a target: all of it, or any part. */
export function covers(rule: unknown, target: string, ask: Ask): boolean {
  const [outer, wanted] = [parseRange(String(rule)), parseRange(target)];
  if (outer === undefined || wanted === undefined) return false;
  if (ask === "every") return contains(outer, wanted);
  const closed = target === anywhere && privateRanges.some((range) => contains(range, outer));
  return overlaps(outer, wanted) && !closed;
}

/** Whether ports of a rule cover a port. AWS writes all protocols as -1, and then ports mean nothing. */
export function coversPort(rule: Inputs, protocol: string, port: number): boolean {
  const given = String(rule.ipProtocol ?? rule.protocol);
  if (given === "-1" || given === "all") return true;
  return given === protocol && Number(rule.fromPort) <= port && port <= Number(rule.toPort);
}

/** Whether labels have all of a selector. @throws Error for a form of selector that is not judged. */
export function selects(selector: Inputs, labels: Inputs): boolean {
  const { matchLabels = {}, ...other } = selector;
  const strange = Object.keys(other);
  if (strange.length > 0)
    throw new Error(`selector ${strange.join(", ")}: reachability reads matchLabels only`);
  return Object.entries(matchLabels as Inputs).every(([key, value]) => labels[key] === value);
}
