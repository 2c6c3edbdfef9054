import { nameOf, type Plan } from "../model/index.ts";

/** One line per resource. A reviewer reads the difference when the program changes. */
export function inventory(plan: Plan): string {
  const lines = plan.resources
    .filter((resource) => resource.type !== "pulumi:pulumi:Stack")
    .map((resource) => {
      const flags = [
        ...(resource.options.protect ? ["protect"] : []),
        ...(resource.options.retainOnDelete ? ["retain"] : []),
        ...resource.options.ignoreChanges.map((path) => `ignore:${path}`),
      ];
      return [resource.type, stableName(resource), nameOf(resource.parent) || "-", ...flags].join("  ");
    });
  // A reviewer sees them, although no deploy makes them.
  const made = plan.madeByAws.map(
    ({ type, name, parent }) => `${type}  ${name}  ${nameOf(parent)}  made-by-aws`,
  );
  return `${[...lines, ...made].toSorted().join("\n")}\n`;
}

/** The name of a job contains a digest of its image, which an operator changes. The inventory shows only the program. */
function stableName({ type, name }: Plan["resources"][number]): string {
  return type === "kubernetes:batch/v1:Job" ? name.replace(/-[0-9a-f]{8}$/, "-<image>") : name;
}
