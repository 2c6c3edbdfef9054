import type { Plan, PlannedResource } from "../model/index.ts";

/** The plan in the format of `pulumi preview --json`, with secrets masked. Every run gives the same bytes. */
export function planDigest(plan: Plan): Record<string, unknown> {
  const steps = plan.resources.map((resource) => ({
    op: "create",
    urn: resource.urn,
    ...(resource.options.provider ? { provider: resource.options.provider } : {}),
    detailedDiff: null,
    newState: newState(resource),
  }));
  return {
    config: plan.config,
    steps,
    diagnostics: [],
    changeSummary: { create: steps.length },
    outputs: maskPaths(plan.outputs, plan.secretOutputs),
  };
}

function newState(resource: PlannedResource): Record<string, unknown> {
  const { options } = resource;
  const optional: Record<string, unknown> = {
    parent: resource.parent,
    protect: options.protect,
    retainOnDelete: options.retainOnDelete,
    provider: options.provider,
    dependencies: options.dependencies,
    propertyDependencies: options.propertyDependencies,
    aliases: options.aliases,
    ignoreChanges: options.ignoreChanges,
    replaceOnChanges: options.replaceOnChanges,
    customTimeouts: timeoutSeconds(options.customTimeouts),
    deletedWith: options.deletedWith,
  };
  const present = Object.entries(optional).filter(([, value]) => !isEmpty(value));
  return {
    urn: resource.urn,
    custom: resource.custom,
    type: resource.type,
    inputs: maskPaths(resource.inputs, resource.secretInputs),
    ...Object.fromEntries(present),
  };
}

/** The engine stores timeouts in seconds. A program writes durations of Go, such as "1h30m". */
function timeoutSeconds(timeouts: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(timeouts).map(([operation, duration]) => [operation, durationSeconds(duration)]),
  );
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

function durationSeconds(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitSeconds[unit] ?? 0), 0);
}

function isEmpty(value: unknown): boolean {
  if (value === "" || value === false) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** The digest as text, as the commands write and print it. */
export function digestText(plan: Plan): string {
  return `${JSON.stringify(planDigest(plan), null, 2)}\n`;
}

/** Replaces the values at these paths with "[secret]". */
export function maskPaths(value: unknown, secrets: readonly string[], path = ""): unknown {
  if (secrets.includes(path)) return "[secret]";
  if (Array.isArray(value)) return value.map((item, index) => maskPaths(item, secrets, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      maskPaths(item, secrets, path === "" ? key : `${path}.${key}`),
    ]),
  );
}
