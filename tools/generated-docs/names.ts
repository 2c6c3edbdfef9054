import type { Plan, PlannedResource } from "../plan/index.ts";

/** A resource that environments have under the same type and name. */
export interface Shared {
  readonly type: string;
  readonly name: string;
  /** Environment → the resource there. */
  readonly in: ReadonlyMap<string, PlannedResource>;
}

/** Custom resources of all plans by type and name, sorted. */
export function sharedResources(plans: readonly Plan[]): readonly Shared[] {
  const all = new Map<string, { type: string; name: string; in: Map<string, PlannedResource> }>();
  for (const plan of plans) {
    for (const resource of plan.resources.filter(({ custom }) => custom)) {
      const { type } = resource;
      // The name of a job contains a digest of its image, and zone names contain the region. Both are not differences.
      const name = resource.name.replace(/-[0-9a-f]{8}$/, "").replace(/-(use1|euw1)-/g, "-<region>-");
      const key = `${type} ${name}`;
      const entry = all.get(key) ?? { type, name, in: new Map<string, PlannedResource>() };
      entry.in.set(plan.stack, resource);
      all.set(key, entry);
    }
  }
  return [...all.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, shared]) => shared);
}

/** The short form of a type, such as `rds.Instance`. */
export function shortType(type: string): string {
  const [provider = "", module = "", name = ""] = type.split(":");
  const service = module.split("/")[0] ?? "";
  return provider === "aws" ? `${service}.${name}` : name;
}

/** Replaces account, region, environment and ids with placeholders, so that equal rules have equal text. */
export function withoutPlace(text: string, plan: Plan): string {
  const account = plan.config[`${plan.project}:accountId`] ?? "";
  const withoutAccount = account === "" ? text : text.replaceAll(account, "<account>");
  return (
    withoutAccount
      .replace(/\b[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}(-\d+)?\b/g, "<id>")
      // Identifiers that AWS generates. The plan generates them too.
      .replace(/\b(db|vpc|subnet|sg|vpce|eni)-[0-9A-Fa-f]{8,}\b/g, "$1-<id>")
      .replace(/-[0-9a-f]{7,8}\b/g, "-<id>")
      .replace(/\b[a-z]{2}-(?:east|west|central|north|south)+-\d\b/g, "<region>")
      .replace(new RegExp(`\\b${plan.stack}\\b`, "g"), "<environment>")
  );
}
