import type { PlanMode, PlannedResource } from "./types.ts";
import { nameOf } from "./urn.ts";

/** What the engine, or an apply, would trip over; each with what to do. */
export function findProblems(
  resources: readonly PlannedResource[],
  stackUrn: string,
  mode: PlanMode,
  config: Readonly<Record<string, string>>,
  unknownStackOutputs: readonly string[],
): string[] {
  const known = new Set(resources.map((resource) => resource.urn));
  return [
    ...resources.flatMap((resource) => danglingReferences(resource, known)),
    ...resources.flatMap((resource) => missingProvider(resource, config)),
    ...(mode === "resolved" ? resources.flatMap(unknownReads) : []),
    ...(mode === "resolved"
      ? unknownStackOutputs.map(
          (path) => `stack output ${path} reads an output that no table in tools/plan/outputs knows`,
        )
      : []),
    ...(stackUrn === "" ? ["the program registered no stack"] : []),
  ];
}

function label(resource: PlannedResource): string {
  return `${resource.type} "${resource.name}"`;
}

function danglingReferences(resource: PlannedResource, known: ReadonlySet<string>): string[] {
  const { dependencies, propertyDependencies, provider, deletedWith } = resource.options;
  const providerUrn = provider === "" ? "" : provider.split("::").slice(0, 4).join("::");
  const references = [
    resource.parent,
    ...dependencies,
    ...Object.values(propertyDependencies).flat(),
    deletedWith,
    providerUrn,
  ];
  const missing = new Set(references.filter((urn) => urn !== "" && !known.has(urn)));
  return [...missing].map((urn) => `${label(resource)} refers to ${urn}, which is not in the plan`);
}

function missingProvider(resource: PlannedResource, config: Readonly<Record<string, string>>): string[] {
  const refused = JSON.parse(config["pulumi:disable-default-providers"] ?? "[]") as string[];
  const [packageName = ""] = resource.type.split(":");
  const needsOne = resource.custom && packageName !== "pulumi" && resource.options.provider === "";
  if (!needsOne || !(refused.includes(packageName) || refused.includes("*"))) return [];
  return [
    `${label(resource)} has no explicit provider, and default providers of ${packageName} are disabled: pass one in its options`,
  ];
}

function unknownReads(resource: PlannedResource): string[] {
  return resource.unknownInputs.map((path) => {
    const property = path.split(/[.[]/)[0] ?? path;
    const from = resource.options.propertyDependencies[property] ?? [];
    const names = from.map(nameOf).join(", ") || "an unknown resource";
    return `${label(resource)}, input ${path}: reads an output of ${names} that no table in tools/plan/outputs knows; add it there`;
  });
}
