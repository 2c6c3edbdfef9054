import { autoname, type Deployment, type StateResource, type Step } from "../../../tools/engine/index.ts";
import { maskPaths, type Plan, type PlannedResource, unknown } from "../../../tools/plan/index.ts";

/** A resource in the form in which plan and engine are compared. */
type Comparable = Readonly<Record<string, unknown>>;

/** Key of every marker of the engine, and the marker of a secret. */
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** Inputs that the engine writes into providers for itself. */
const internalInputs = new Set(["__internal", "version"]);

/** Every difference between plan and stored state, one line each, with the field and both values. */
export function differences(plan: Plan, state: Deployment): readonly string[] {
  const stored = state.resources.filter((resource) => !isDefaultProvider(resource));
  return compareAll(
    plan.resources.map((resource) => [resource, fromPlan(resource)]),
    new Map(stored.map((resource) => [resource.urn, fromState(resource)])),
  );
}

/** Every difference between a plan in preview mode and the steps of a first preview. Dependencies are not in the steps. */
export function previewDifferences(plan: Plan, steps: readonly Step[]): readonly string[] {
  const unknownProviders = new Set(
    plan.resources.filter(({ unknownInputs }) => unknownInputs.length > 0).map(({ urn }) => urn),
  );
  const planned = plan.resources.map((resource): [PlannedResource, Comparable] => {
    const fields = fromPlan(resource, !unknownProviders.has(withoutId(resource.options.provider)));
    return [resource, forPeople(fields, maskPaths(fields.inputs, resource.secretInputs))];
  });
  const shown = steps.flatMap(({ state }): [string, Comparable][] => {
    if (state === undefined || isDefaultProvider(state)) return [];
    const fields = fromState(state);
    return [[state.urn, forPeople(fields, fields.inputs)]];
  });
  // A preview already knows the names that providers make up; the plan has nothing of a provider in this mode.
  const names = new Set(planned.flatMap(([{ inputs: given }, { inputs }]) => addedValues(given, inputs)));
  return compareAll(planned, new Map(shown), (left, right) => left === unknown && names.has(right));
}

/** Values that the check of a provider adds to inputs. */
function addedValues(given: unknown, checked: unknown): unknown[] {
  return differingPaths(given, checked, "").map(({ right }) => right);
}

/** The fields that a step shows, with masked inputs. */
function forPeople(
  { type, custom, parent, protect, retainOnDelete, provider }: Comparable,
  inputs: unknown,
): Comparable {
  return { type, custom, parent, protect, retainOnDelete, provider, inputs };
}

function compareAll(
  planned: readonly (readonly [PlannedResource, Comparable])[],
  found: ReadonlyMap<string, Comparable>,
  accepted: (plan: unknown, engine: unknown) => boolean = () => false,
): readonly string[] {
  const urns = new Set(planned.map(([{ urn }]) => urn));
  return [
    ...planned.filter(([{ urn }]) => !found.has(urn)).map(([{ urn }]) => `only in the plan: ${urn}`),
    ...[...found.keys()].filter((urn) => !urns.has(urn)).map((urn) => `only in the engine: ${urn}`),
    ...planned.flatMap(([resource, fields]) => {
      const other = found.get(resource.urn);
      return other === undefined ? [] : compare(resource, fields, other, accepted);
    }),
  ];
}

/** The engine makes these providers itself, so a plan does not list them. */
function isDefaultProvider({ type, urn }: StateResource): boolean {
  return type.startsWith("pulumi:providers:") && /::default(_[^:]*)?$/.test(urn);
}

function compare(
  { type, name }: PlannedResource,
  plan: Comparable,
  engine: Comparable,
  accepted: (plan: unknown, engine: unknown) => boolean,
): string[] {
  return differingPaths(plan, engine, "")
    .filter(({ left, right }) => !accepted(left, right))
    .map(({ path, left, right }) => `${type} "${name}" ${path}: plan ${show(left)}, engine ${show(right)}`);
}

function fromPlan(resource: PlannedResource, named = true): Comparable {
  const { options } = resource;
  // The plugin of the component is on an SDK that sends no inputs of components, so the engine stores none.
  const kept = resource.remote ? { inputs: {}, secrets: [], propertyDependencies: {}, provider: "" } : {};
  return {
    type: resource.type,
    custom: resource.custom,
    parent: resource.parent,
    inputs: named && resource.custom ? autoname(resource, resource.inputs, {}) : resource.inputs,
    secrets: resource.secretInputs,
    protect: options.protect,
    retainOnDelete: options.retainOnDelete,
    deletedWith: options.deletedWith,
    ignoreChanges: options.ignoreChanges.toSorted(),
    replaceOnChanges: options.replaceOnChanges.toSorted(),
    additionalSecretOutputs: options.additionalSecretOutputs.toSorted(),
    customTimeouts: Object.fromEntries(
      Object.entries(options.customTimeouts).map(([operation, text]) => [operation, secondsOf(text)]),
    ),
    dependencies: options.dependencies,
    propertyDependencies: options.propertyDependencies,
    provider: withoutId(options.provider),
    ...kept,
  };
}

function fromState(resource: StateResource): Comparable {
  const own = Object.entries(resource.inputs ?? {}).filter(
    ([key]) => !(resource.type.startsWith("pulumi:providers:") && internalInputs.has(key)),
  );
  const { inputs, secrets } = readInputs(Object.fromEntries(own));
  const byProperty = Object.entries(resource.propertyDependencies ?? {})
    .map(([property, urns]): [string, readonly string[]] => [property, (urns ?? []).toSorted()])
    .filter(([, urns]) => urns.length > 0);
  return {
    type: resource.type,
    custom: resource.custom ?? false, // A step leaves it out for components.
    parent: resource.parent ?? "",
    inputs,
    secrets,
    protect: resource.protect ?? false,
    retainOnDelete: resource.retainOnDelete ?? false,
    deletedWith: resource.deletedWith ?? "",
    ignoreChanges: (resource.ignoreChanges ?? []).toSorted(),
    replaceOnChanges: (resource.replaceOnChanges ?? []).toSorted(),
    additionalSecretOutputs: (resource.additionalSecretOutputs ?? []).toSorted(),
    customTimeouts: resource.customTimeouts ?? {},
    dependencies: (resource.dependencies ?? []).toSorted(),
    propertyDependencies: Object.fromEntries(byProperty),
    provider: withoutId(resource.provider ?? ""),
  };
}

/** Inputs without the markers of the engine, and the paths of the secrets. */
function readInputs(stored: Readonly<Record<string, unknown>>): {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
} {
  const secrets: string[] = [];
  const read = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => read(item, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) return value;
    const record = value as Record<string, unknown>;
    if (record[signature] === secretMark) {
      secrets.push(path);
      // An export with `--show-secrets` has the value as JSON. A step has none.
      return typeof record.plaintext === "string" ? read(JSON.parse(record.plaintext), path) : "[secret]";
    }
    if (typeof record[signature] === "string") return record.urn ?? record.text ?? record.path ?? record;
    return Object.fromEntries(
      Object.entries(record).map(([key, item]) => [key, read(item, path === "" ? key : `${path}.${key}`)]),
    );
  };
  return { inputs: read(stored, "") as Record<string, unknown>, secrets: secrets.toSorted() };
}

interface Difference {
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

function differingPaths(left: unknown, right: unknown, path: string): Difference[] {
  if (Object.is(left, right)) return [];
  const bothLists = Array.isArray(left) && Array.isArray(right);
  const bothRecords = isRecord(left) && isRecord(right);
  if (!bothLists && !bothRecords) return [{ path, left, right }];
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differingPaths(a[key], b[key], bothLists ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Go's notation of a duration, such as "1h30m", in seconds. */
export function secondsOf(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? Number.NaN), 0);
}

/** A reference to a provider consists of URN and id. */
function withoutId(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
