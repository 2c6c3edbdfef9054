import type { Plan, PlannedResource } from "../plan/index.ts";
import { creationMinutes, smallMinutes } from "./durations.ts";

export interface PathStep {
  readonly type: string;
  readonly name: string;
  readonly minutes: number;
}

/** The longest chain of resources that wait for each other, in the order of creation. */
export function criticalPath(plan: Plan): readonly PathStep[] {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const children = childrenByParent(plan.resources);
  const finished = new Map<string, { readonly minutes: number; readonly via: string | undefined }>();
  const visit = (resource: PlannedResource): number => {
    const known = finished.get(resource.urn);
    if (known) return known.minutes;
    // Marks the resource as visited. A plan has no cycles, but a broken plan must not hang here.
    finished.set(resource.urn, { minutes: 0, via: undefined });
    let longest = 0;
    let via: string | undefined;
    for (const urn of waitsFor(resource, children)) {
      const other = byUrn.get(urn);
      if (!other) continue;
      const minutes = visit(other);
      if (minutes > longest) {
        longest = minutes;
        via = urn;
      }
    }
    const minutes = longest + ownMinutes(resource);
    finished.set(resource.urn, { minutes, via });
    return minutes;
  };
  let last: string | undefined;
  for (const resource of plan.resources) {
    if (visit(resource) > (last === undefined ? 0 : (finished.get(last)?.minutes ?? 0))) last = resource.urn;
  }
  return walkBack(last, byUrn, finished);
}

function childrenByParent(resources: readonly PlannedResource[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { parent, urn } of resources) {
    if (parent !== "") children.set(parent, [...(children.get(parent) ?? []), urn]);
  }
  return children;
}

/** What must exist first: dependencies and the provider, and for a component its children. */
function waitsFor(
  resource: PlannedResource,
  children: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const { dependencies, propertyDependencies, provider } = resource.options;
  const direct = [
    ...dependencies,
    ...Object.values(propertyDependencies).flat(),
    provider.split("::").slice(0, 4).join("::"),
  ].filter((urn) => urn !== "" && urn !== resource.urn);
  const ownChildren = resource.custom ? [] : (children.get(resource.urn) ?? []);
  return [...direct, ...ownChildren];
}

function ownMinutes(resource: PlannedResource): number {
  return resource.custom ? (creationMinutes[resource.type] ?? smallMinutes) : 0;
}

function walkBack(
  last: string | undefined,
  byUrn: ReadonlyMap<string, PlannedResource>,
  finished: ReadonlyMap<string, { readonly via: string | undefined }>,
): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (let urn = last; urn !== undefined; urn = finished.get(urn)?.via) {
    const resource = byUrn.get(urn);
    if (resource?.custom) {
      steps.push({ type: resource.type, name: resource.name, minutes: ownMinutes(resource) });
    }
  }
  return steps.reverse();
}
