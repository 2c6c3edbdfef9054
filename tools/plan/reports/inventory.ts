import { nameOf, type Plan, type PlannedResource } from "../model/index.ts";
import { explicitOrder } from "./explicit-order.ts";

/**
 * One line per resource, and below it one line per type of what it waits for by `dependsOn` alone. Dependencies that follow
 * from inputs are left out. A reviewer reads the difference when the program changes.
 */
export function inventory(plan: Plan): string {
  const order = explicitOrder(plan);
  const blocks = plan.resources
    .filter((resource) => resource.type !== "pulumi:pulumi:Stack")
    .map((resource) => {
      const flags = [
        ...(resource.options.protect ? ["protect"] : []),
        ...(resource.options.retainOnDelete ? ["retain"] : []),
        ...resource.options.ignoreChanges.map((path) => `ignore:${path}`),
      ];
      const line = [resource.type, stableName(resource), nameOf(resource.parent) || "-", ...flags].join("  ");
      return [line, ...waitLines(order.get(resource.urn) ?? [])].join("\n");
    });
  // A reviewer sees them, although no deploy makes them.
  const made = plan.madeByAws.map(
    ({ type, name, parent }) => `${type}  ${name}  ${nameOf(parent)}  made-by-aws`,
  );
  return `${[...blocks, ...made].toSorted().join("\n")}\n`;
}

function waitLines(waitsFor: readonly PlannedResource[]): readonly string[] {
  const byType = Map.groupBy(waitsFor, ({ type }) => type);
  return [...byType]
    .map(([type, found]) => `  after ${type}  ${found.map(stableName).toSorted().join(", ")}`)
    .toSorted();
}

/** The name of a job contains a digest of its image, which an operator changes. The inventory shows only the program. */
function stableName({ type, name }: PlannedResource): string {
  return type === "kubernetes:batch/v1:Job" ? name.replace(/-[0-9a-f]{8}$/, "-<image>") : name;
}
