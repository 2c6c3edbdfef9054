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
  return {
    resources,
    of: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    linked: (from, property, to) =>
      from.options.propertyDependencies[property]?.includes(to.urn) ||
      textsInside(from.inputs[property]).some((value) => namesOf(to).has(value)),
  };
}

/** The resources of an example, with defaults for the fields that it leaves out. */
export function exampleResources(example: Example): readonly Resource[] {
  return example.map((given, index) => {
    const name = given.name ?? (example.length === 1 ? "example" : `example-${index + 1}`);
    return {
      urn: `urn:pulumi:prod::task-platform::${given.type}::${name}`,
      type: given.type,
      name,
      parent: "",
      inputs: given.inputs ?? {},
      id: given.id ?? name,
      options: {
        protect: given.protect ?? false,
        provider: given.provider ?? "urn:pulumi:prod::task-platform::pulumi:providers:aws::home::id",
        ignoreChanges: given.ignoreChanges ?? [],
        propertyDependencies: {},
      },
    };
  });
}
