import type { Plan, PlannedResource } from "../plan/index.ts";

/** Something that several environments have under the same type and name. */
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
      // The digest of an image is in the name of its job, and zones are named by region: no difference of kind.
      const name = resource.name.replace(/-[0-9a-f]{8}$/, "").replace(/-(use1|euw1)-/g, "-<region>-");
      const key = `${type} ${name}`;
      const entry = all.get(key) ?? { type, name, in: new Map<string, PlannedResource>() };
      entry.in.set(plan.stack, resource);
      all.set(key, entry);
    }
  }
  return [...all.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, shared]) => shared);
}

/** The short form of a type that people say, such as `rds.Instance`. */
export function shortType(type: string): string {
  const [provider = "", module = "", name = ""] = type.split(":");
  const service = module.split("/")[0] ?? "";
  return provider === "aws" ? `${service}.${name}` : name;
}

/** Text without what only tells one environment, account or plan from another, so that equal rules look equal. */
export function withoutPlace(text: string, plan: Plan): string {
  const account = plan.config[`${plan.project}:accountId`] ?? "";
  const withoutAccount = account === "" ? text : text.replaceAll(account, "<account>");
  return (
    withoutAccount
      .replace(/\b[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}(-\d+)?\b/g, "<id>")
      // Identifiers that AWS makes up, as the plan makes them up.
      .replace(/\b(db|vpc|subnet|sg|vpce|eni)-[0-9A-Fa-f]{8,}\b/g, "$1-<id>")
      .replace(/-[0-9a-f]{7,8}\b/g, "-<id>")
      .replace(/\b[a-z]{2}-(?:east|west|central|north|south)+-\d\b/g, "<region>")
      .replace(new RegExp(`\\b${plan.stack}\\b`, "g"), "<environment>")
  );
}
