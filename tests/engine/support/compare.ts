import type { Deployment, StateResource } from "../../../tools/engine/index.ts";
import type { Plan, PlannedResource } from "../../../tools/plan/index.ts";

/** A resource in the form in which plan and state are compared. */
type Comparable = Readonly<Record<string, unknown>>;

/** Marker of the engine for a secret in an export; the key of every marker. */
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** The engine makes these providers itself, so a plan does not list them. */
const enginesOwn = /^pulumi:providers:/;

/** Every difference between plan and state, one line each, with the field and both values. */
export function differences(plan: Plan, state: Deployment): readonly string[] {
  const planned = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const stored = new Map(
    state.resources
      .filter((resource) => !isDefaultProvider(resource))
      .map((resource) => [resource.urn, resource]),
  );
  const missing = [...planned.keys()]
    .filter((urn) => !stored.has(urn))
    .map((urn) => `only in the plan: ${urn}`);
  const strange = [...stored.keys()]
    .filter((urn) => !planned.has(urn))
    .map((urn) => `only in the state: ${urn}`);
  const changed = [...planned.values()].flatMap((resource) => {
    const other = stored.get(resource.urn);
    return other === undefined ? [] : compare(resource, fromPlan(resource), fromState(other));
  });
  return [...missing, ...strange, ...changed];
}

function isDefaultProvider({ type, urn }: StateResource): boolean {
  return enginesOwn.test(type) && /::default(_[^:]*)?$/.test(urn);
}

function compare({ type, name }: PlannedResource, plan: Comparable, state: Comparable): string[] {
  const fields = new Set([...Object.keys(plan), ...Object.keys(state)]);
  return [...fields].flatMap((field) =>
    differingPaths(plan[field], state[field], field).map(
      ({ path, left, right }) => `${type} "${name}" ${path}: plan ${show(left)}, state ${show(right)}`,
    ),
  );
}

function fromPlan(resource: PlannedResource): Comparable {
  const { options } = resource;
  return {
    type: resource.type,
    custom: resource.custom,
    parent: resource.parent,
    inputs: resource.inputs,
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
  };
}

function fromState(resource: StateResource): Comparable {
  const { inputs, secrets } = readInputs(resource.inputs ?? {});
  const byProperty = Object.entries(resource.propertyDependencies ?? {})
    .map(([property, urns]): [string, readonly string[]] => [property, (urns ?? []).toSorted()])
    .filter(([, urns]) => urns.length > 0);
  return {
    type: resource.type,
    custom: resource.custom,
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
      // An export with `--show-secrets` has the value as JSON.
      return read(JSON.parse(String(record.plaintext)), path);
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
    differingPaths(a[key], b[key], bothLists ? `${path}[${key}]` : `${path}.${key}`),
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
