import type { Plan, PlannedResource } from "../model/index.ts";

/**
 * What each resource waits for by `dependsOn` alone: no input shows the order, so nothing else would show that it is gone.
 * The SDK replaces a component in `dependsOn` by all that is below it; where all of it is waited for, the component stands
 * for it again.
 *
 * @returns by URN; a resource that waits for nothing by `dependsOn` alone is left out
 */
export function explicitOrder(
  plan: Pick<Plan, "resources">,
): ReadonlyMap<string, readonly PlannedResource[]> {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const below = customBelow(plan.resources, byUrn);
  return new Map(
    plan.resources.flatMap((resource) => {
      const { dependencies, propertyDependencies } = resource.options;
      const implied = new Set(Object.values(propertyDependencies).flat());
      const explicit = dependencies.filter((urn) => !implied.has(urn));
      if (explicit.length === 0) return [];
      const shown = withComponents(explicit, new Set(dependencies), byUrn, below);
      return [[resource.urn, shown] as const];
    }),
  );
}

/** For each component the URNs of all resources below it that are no components themselves. */
function customBelow(
  resources: readonly PlannedResource[],
  byUrn: ReadonlyMap<string, PlannedResource>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const below = new Map<string, Set<string>>();
  for (const resource of resources.filter(({ custom }) => custom)) {
    for (let at = byUrn.get(resource.parent); at !== undefined; at = byUrn.get(at.parent)) {
      const found = below.get(at.urn) ?? new Set<string>();
      below.set(at.urn, found.add(resource.urn));
    }
  }
  return below;
}

/** The explicit dependencies, with the outermost component in the place of resources that are all of what is below it. */
function withComponents(
  explicit: readonly string[],
  all: ReadonlySet<string>,
  byUrn: ReadonlyMap<string, PlannedResource>,
  below: ReadonlyMap<string, ReadonlySet<string>>,
): readonly PlannedResource[] {
  const shown = new Set<PlannedResource>();
  for (const urn of explicit) {
    const self = byUrn.get(urn);
    let outermost = self;
    for (let at = self && byUrn.get(self.parent); at !== undefined; at = byUrn.get(at.parent)) {
      const inside = below.get(at.urn) ?? new Set();
      // A component of one resource says no more than the resource.
      if (inside.size > 1 && [...inside].every((one) => all.has(one))) outermost = at;
    }
    if (outermost) shown.add(outermost);
  }
  return [...shown];
}
