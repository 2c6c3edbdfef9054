import { nameOf, type PlanMode, type PlannedResource } from "../model/index.ts";
import { isDefaultProvider, needsProvider, packageOf, refusesDefault, withoutId } from "./providers.ts";

interface ProblemContext {
  readonly stackUrn: string;
  readonly mode: PlanMode;
  readonly config: Readonly<Record<string, string>>;
  readonly unknownStackOutputs: readonly string[];
}

/** Problems that the engine or an apply would report, each with what to do. */
export function findProblems(resources: readonly PlannedResource[], context: ProblemContext): string[] {
  const known = new Set(resources.map((resource) => resource.urn));
  const structural = [
    ...resources.flatMap((resource) => danglingReferences(resource, known)),
    ...resources.flatMap((resource) => missingProvider(resource, context.config)),
    ...(context.stackUrn === "" ? ["the program registered no stack"] : []),
  ];
  if (context.mode === "preview") return structural;
  return [
    ...structural,
    ...resources.flatMap(unknownReads),
    ...context.unknownStackOutputs.map(
      (path) => `stack output ${path} reads an output that no table in tools/plan/outputs knows`,
    ),
  ];
}

function label(resource: PlannedResource): string {
  return `${resource.type} "${resource.name}"`;
}

function danglingReferences(resource: PlannedResource, known: ReadonlySet<string>): string[] {
  const { dependencies, propertyDependencies, provider, deletedWith } = resource.options;
  const providerUrn = withoutId(provider);
  const references = [
    resource.parent,
    ...dependencies,
    ...Object.values(propertyDependencies).flat(),
    deletedWith,
    isDefaultProvider(providerUrn) ? "" : providerUrn,
  ];
  const missing = new Set(references.filter((urn) => urn !== "" && !known.has(urn)));
  return [...missing].map((urn) => `${label(resource)} refers to ${urn}, which is not in the plan`);
}

function missingProvider(resource: PlannedResource, config: Readonly<Record<string, string>>): string[] {
  const { type, options } = resource;
  if (!needsProvider(resource) || options.provider !== "" || !refusesDefault(type, config)) return [];
  return [
    `${label(resource)} has no explicit provider, and default providers of ${packageOf(type)} are disabled: pass one in its options`,
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
