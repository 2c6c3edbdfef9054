import { nameOf, type Plan } from "../model/index.ts";

/** One line a resource: what a reviewer reads when the program changes. */
export function inventory(plan: Plan): string {
  const lines = plan.resources
    .filter((resource) => resource.type !== "pulumi:pulumi:Stack")
    .map((resource) => {
      const flags = [
        ...(resource.options.protect ? ["protect"] : []),
        ...(resource.options.retainOnDelete ? ["retain"] : []),
        ...resource.options.ignoreChanges.map((path) => `ignore:${path}`),
      ];
      return [resource.type, lastingName(resource), nameOf(resource.parent) || "-", ...flags].join("  ");
    });
  return `${lines.toSorted().join("\n")}\n`;
}

/** A job is named after its image, which an operator changes in the stack file; the golden shows what the program is. */
function lastingName({ type, name }: Plan["resources"][number]): string {
  return type === "kubernetes:batch/v1:Job" ? name.replace(/-[0-9a-f]{8}$/, "-<image>") : name;
}
