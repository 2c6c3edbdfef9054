import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plan, PlannedResource } from "../../tools/plan/index.ts";

// What the engine shows to rules differs from what a program registers: a rule over one resource sees inputs that the
// provider has completed, a rule over the stack sees outputs. tests/engine compares this imitation with the real engine.

const sdkRoot = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

/** The engine's text for a value that is not known during a preview. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface Properties {
  readonly inputs: ReadonlySet<string>;
  /** Those that only the service knows. */
  readonly computed: ReadonlySet<string>;
}

const known = new Map<string, Properties>();

/** Properties of an AWS resource, from the constructor of its class, which the provider's schema generates. */
function propertiesOf(type: string): Properties {
  const found = known.get(type) ?? readProperties(type);
  known.set(type, found);
  return found;
}

function readProperties(type: string): Properties {
  const [, path = ""] = /^aws:([^:]+):/.exec(type) ?? [];
  const file = join(sdkRoot, `${path.replace(/^index\//, "")}.js`);
  const source = existsSync(file) ? readFileSync(file, "utf8") : "";
  const names = (pattern: RegExp) => new Set([...source.matchAll(pattern)].map(([, name = ""]) => name));
  return {
    inputs: names(/resourceInputs\["(\w+)"\] = (?:\(?args\b|pulumi\.secret\(args|\(?args\?\.)/g),
    computed: names(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g),
  };
}

/** The input by which the provider names a resource. */
function nameInput(type: string): "bucket" | "name" {
  return type === "aws:s3/bucket:Bucket" ? "bucket" : "name";
}

/**
 * Inputs after the provider's Check. The provider for AWS gives a name to what can have one and has neither name nor
 * prefix, and lists in every object which values it has filled in.
 */
function checkedInputs({
  type,
  custom,
  inputs,
  outputs,
  name,
}: PlannedResource): Readonly<Record<string, unknown>> {
  if (!custom || !type.startsWith("aws:")) return inputs;
  const key = nameInput(type);
  const takesName = propertiesOf(type).inputs.has(key);
  const isNamed = inputs[key] !== undefined || inputs[`${key}Prefix`] !== undefined;
  const given = typeof outputs[key] === "string" ? outputs[key] : `${name}-0a1b2c3`;
  const complete = takesName && !isNamed ? { ...inputs, [key]: given } : inputs;
  return withDefaults(complete) as Readonly<Record<string, unknown>>;
}

function withDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDefaults);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, withDefaults(item)]);
  return { __defaults: [], ...Object.fromEntries(entries) };
}

/** Outputs after Create. A preview has none where the provider is not configured yet, because its cluster is not made. */
function createdOutputs(resource: PlannedResource, mode: Plan["mode"]): Readonly<Record<string, unknown>> {
  const { type, custom, inputs, outputs } = resource;
  if (!custom || type.startsWith("pulumi:")) return {};
  if (mode === "resolved") return { ...inputs, ...outputs };
  if (type.startsWith("kubernetes:")) return {};
  const unknown = [...propertiesOf(type).computed, "id"].map((key): [string, string] => [key, unknownText]);
  return { ...inputs, ...Object.fromEntries(unknown) };
}

/** The resources of a plan with inputs and outputs as the engine shows them. */
export function asEngineShows({ resources, mode }: Plan): readonly PlannedResource[] {
  return resources.map((resource) => ({
    ...resource,
    inputs: checkedInputs(resource),
    outputs: createdOutputs(resource, mode),
  }));
}

/** The resources of a stack that exists, of which only the outputs are shown, as for `pulumi policy analyze`. */
export function byOutputs(resources: readonly PlannedResource[]): readonly PlannedResource[] {
  return resources.map((resource) => ({
    ...resource,
    inputs: resource.custom && !resource.type.startsWith("pulumi:") ? resource.outputs : resource.inputs,
  }));
}
