import type { Plan, PlannedResource } from "../model/index.ts";
import { maskPaths } from "./digest.ts";

/** Text for people: counts by service, protected resources, outputs, and problems that a deployment refuses. */
export function summary(plan: Plan, warnings: readonly string[] = []): string {
  const custom = plan.resources.filter((resource) => resource.custom);
  return [
    `${plan.stack} (${plan.mode}): ${custom.length} resources in ${plan.resources.length - custom.length - 1} components`,
    "",
    ...countTable(custom),
    "",
    ...protectedLines(custom),
    "",
    "outputs:",
    ...Object.entries(maskPaths(plan.outputs, plan.secretOutputs) as Record<string, unknown>).map(
      ([name, value]) => `  ${name.padEnd(28)} ${typeof value === "string" ? value : JSON.stringify(value)}`,
    ),
    ...(warnings.length === 0
      ? []
      : ["", "a deployment refuses:", ...warnings.map((warning) => `  ${warning}`)]),
  ].join("\n");
}

function countTable(resources: readonly PlannedResource[]): string[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { type } of resources) {
    const [, service = type, kind = ""] = /^([^:]+:[^:/]+)[^:]*:(.+)$/.exec(type) ?? [];
    const kinds = counts.get(service) ?? new Map<string, number>();
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    counts.set(service, kinds);
  }
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, kinds]) => {
      const total = [...kinds.values()].reduce((sum, count) => sum + count, 0);
      const list = [...kinds]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([kind, count]) => (count > 1 ? `${kind} ×${count}` : kind));
      return `  ${service.padEnd(28)} ${String(total).padStart(4)}  ${list.join(", ")}`;
    });
}

function protectedLines(resources: readonly PlannedResource[]): string[] {
  const kept = resources.filter((resource) => resource.options.protect || resource.options.retainOnDelete);
  if (kept.length === 0) return ["protected: nothing; a destroy removes everything"];
  return [
    `protected: ${kept.length}`,
    ...kept.map(
      (r) =>
        `  ${r.type}  ${r.name}${r.options.retainOnDelete ? "  (kept in AWS when it is removed from the program)" : ""}`,
    ),
  ];
}
