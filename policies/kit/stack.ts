import type { Example, Resource, Stack } from "./types.ts";
import { textsInside, unknownValue } from "./values.ts";

/** Outputs by which other resources name a resource. */
const namingOutputs = ["arn", "id", "name", "bucket", "keyId", "identifier", "clusterName", "dashboardName"];

/** Builds the index that answers the questions of rules. */
export function indexStack(resources: readonly Resource[]): Stack {
  const byType = Map.groupBy(resources, (resource) => resource.type);
  const names = new Map<Resource, ReadonlySet<string>>();
  const namesOf = (resource: Resource): ReadonlySet<string> => {
    const known = names.get(resource);
    if (known) return known;
    const values = [resource.id, ...namingOutputs.map((key) => resource.outputs?.[key])];
    // Every value that is not known yet has the same text, and would make every resource a namesake.
    const found = new Set(
      values.filter(
        (value): value is string => typeof value === "string" && value !== "" && value !== unknownValue,
      ),
    );
    names.set(resource, found);
    return found;
  };
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const before = new Map<string, ReadonlySet<string>>();
  const waitedFor = (urn: string): ReadonlySet<string> => {
    const known = before.get(urn);
    if (known) return known;
    const found = new Set<string>();
    before.set(urn, found);
    for (const direct of byUrn.get(urn)?.options.dependencies ?? []) {
      found.add(direct);
      for (const indirect of waitedFor(direct)) found.add(indirect);
    }
    return found;
  };
  return {
    resources,
    of: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    linked: (from, property, to) =>
      from.options.propertyDependencies[property]?.includes(to.urn) ||
      textsInside(from.inputs[property]).some((value) => namesOf(to).has(value)),
    waitsFor: (from, to) => waitedFor(from.urn).has(to.urn),
  };
}

/** The resources of an example, with defaults for the fields that it leaves out. */
export function exampleResources(example: Example): readonly Resource[] {
  const urnOf = (type: string, name: string) => `urn:pulumi:prod::task-platform::${type}::${name}`;
  return example.map((given, index) => {
    const name = given.name ?? (example.length === 1 ? "example" : `example-${index + 1}`);
    const awaited = example.filter((other) => given.waitsFor?.includes(other.name ?? ""));
    return {
      urn: urnOf(given.type, name),
      type: given.type,
      name,
      parent: "",
      inputs: given.inputs ?? {},
      id: given.id ?? name,
      options: {
        protect: given.protect ?? false,
        provider: given.provider ?? "urn:pulumi:prod::task-platform::pulumi:providers:aws::home::id",
        ignoreChanges: given.ignoreChanges ?? [],
        dependencies: awaited.map((other) => urnOf(other.type, other.name ?? "")),
        propertyDependencies: {},
      },
    };
  });
}
