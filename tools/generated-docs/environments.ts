import type { Plan, PlannedResource } from "../plan/index.ts";
import { absent, code, table } from "./markdown.ts";
import { type Shared, sharedResources, shortType, withoutPlace } from "./names.ts";
import { sizes } from "./sizes.ts";

/** The generated part of docs/environments.md: sizes, settings that dev relaxes, and resource types that differ. */
export function environmentsSection(plans: readonly Plan[]): string {
  const shared = sharedResources(plans);
  return [
    "## Sizes",
    sizesTable(plans),
    "## What dev relaxes",
    relaxed(plans, shared),
    "## What only some environments have",
    parity(plans, shared),
  ].join("\n\n");
}

function sizesTable(plans: readonly Plan[]): string {
  const perPlan = plans.map((plan) => sizes(plan));
  const labels = [...new Set(perPlan.flatMap((entries) => [...entries.keys()]))];
  return table(
    ["", ...plans.map(({ stack }) => stack)],
    labels.map((label) => [label, ...perPlan.map((entries) => entries.get(label) ?? absent)]),
  );
}

/** Settings of dev that differ from prod: the same resource and property with another value. */
function relaxed(plans: readonly Plan[], shared: readonly Shared[]): string {
  const dev = plans.find(({ stack }) => stack === "dev");
  const prod = plans.find(({ stack }) => stack === "prod");
  if (!dev || !prod) return "There is no dev beside a prod.";
  const rows = shared.flatMap(({ type, name, in: places }) => {
    const [inDev, inProd] = [places.get("dev"), places.get("prod")];
    if (!inDev || !inProd) return [];
    const [a, b] = [settings(inDev, dev), settings(inProd, prod)];
    return [...new Set([...a.keys(), ...b.keys()])]
      .toSorted()
      .filter((path) => a.get(path) !== b.get(path) && a.get(path) !== noSetting && b.get(path) !== noSetting)
      .map((path) => [shortType(type), code(name), code(path), a.get(path) ?? absent, b.get(path) ?? absent]);
  });
  return `Every setting of a thing both have that differs from prod.\n\n${table(
    ["Resource", "Name", "Setting", "dev", "prod"],
    grouped(rows),
  )}`;
}

/** Joins rows that differ only in the name of the resource. */
function grouped(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const groups = new Map<string, { row: readonly string[]; names: string[] }>();
  for (const row of rows) {
    const [type = "", name = "", ...rest] = row;
    const key = [type, ...rest].join("\n");
    const group = groups.get(key) ?? { row, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row: [type = "", , ...rest], names }) => [
    type,
    names.join(", "),
    ...rest,
  ]);
}

/** Longer texts are policy documents and the like. They contain names, so they always differ. */
const longestSetting = 80;

/** Placeholder for a name, an address or a policy document, which is not compared. */
const noSetting = "";

/** Properties that contain names. They differ between environments by design. */
const namesAndPlaces = /^(id|name|tags|description|.*(Arn|Arns|Id|Ids|Name|Identifier|Cidr|Cidrs|Block))$/;

/** Path → value of the switches, numbers and words among the inputs, and of the options that protect. */
function settings(resource: PlannedResource, plan: Plan): ReadonlyMap<string, string> {
  const found = new Map<string, string>([
    ["(protect)", String(resource.options.protect)],
    ["(retainOnDelete)", String(resource.options.retainOnDelete)],
  ]);
  const walk = (value: unknown, path: string): void => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, item] of Object.entries(value))
        if (!namesAndPlaces.test(key)) walk(item, path === "" ? key : `${path}.${key}`);
      return;
    }
    const text = withoutPlace(Array.isArray(value) ? JSON.stringify(value) : String(value), plan);
    found.set(path, text.length <= longestSetting && !/[<:/]/.test(text) ? text : noSetting);
  };
  // Kubernetes objects differ in replicas and limits, which the table of sizes shows.
  if (resource.type.startsWith("aws:")) walk(resource.inputs, "");
  return found;
}

function parity(plans: readonly Plan[], shared: readonly Shared[]): string {
  const environments = plans.map(({ stack }) => stack);
  const counts = new Map<string, number[]>();
  for (const { type, in: places } of shared) {
    const row = counts.get(type) ?? environments.map(() => 0);
    counts.set(
      type,
      row.map((count, index) => count + (places.has(environments[index] ?? "") ? 1 : 0)),
    );
  }
  const differing = [...counts.entries()].filter(([, row]) => new Set(row).size > 1);
  const same = counts.size - differing.length;
  return [
    `${same} kinds of resource are in all environments in the same number; these are not.`,
    table(
      ["Kind", ...environments],
      differing.map(([type, row]) => [
        shortType(type),
        ...row.map((count) => (count === 0 ? absent : String(count))),
      ]),
    ),
  ].join("\n\n");
}
