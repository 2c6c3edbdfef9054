import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { type Resource, type Stack, unknownValue } from "./kit/index.ts";

/** Whether a value that is not known yet was read since it was last cleared. */
export interface Touched {
  unknown: boolean;
}

/**
 * Inputs that the engine has shown, by URN. The engine shows the inputs of each resource when it comes to it, and at the
 * end all resources with their outputs instead. Outputs are no replacement: in a preview a Kubernetes object has none while
 * its cluster does not exist, and a provider leaves out or rewrites what the program declared.
 */
export type Memory = Map<string, Readonly<Record<string, unknown>>>;

/** A resource that the engine is about to create or update. */
export function toResource(args: ResourceValidationArgs, touched: Touched): Resource {
  return build(args, copyOf(args.props, touched), {}, {});
}

/** A resource of the finished stack, with the inputs that it was judged by before. */
export function toStackResource(resource: PolicyResource, memory: Memory, touched: Touched): Resource {
  const dependencies = Object.entries(resource.propertyDependencies).map(
    ([key, found]): [string, string[]] => [key, found.map(({ urn }) => urn)],
  );
  const outputs = copyOf(resource.props, touched);
  const remembered = memory.get(resource.urn);
  // Resources outside of `--target` keep their state, so the engine does not show their inputs.
  const inputs = remembered === undefined ? outputs : copyOf(remembered, touched);
  return build(resource, inputs, outputs, Object.fromEntries(dependencies));
}

function build(
  from: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "opts" | "provider">,
  inputs: Readonly<Record<string, unknown>>,
  outputs: Readonly<Record<string, unknown>>,
  propertyDependencies: Readonly<Record<string, readonly string[]>>,
): Resource {
  return {
    urn: from.urn,
    type: from.type,
    name: from.name,
    parent: from.opts.parent ?? "",
    inputs,
    outputs,
    options: {
      protect: from.opts.protect,
      provider: from.provider?.urn ?? "",
      ignoreChanges: from.opts.ignoreChanges,
      propertyDependencies,
    },
  };
}

/**
 * A stack whose links count as known although a preview does not know the values: it knows the resources that a value was
 * made from. Only where a value was made from other types is the answer "no" a guess: a trail may get the name of its
 * bucket from the policy of the bucket, so that the policy exists first.
 */
export function linkedQuietly(stack: Stack, touched: Touched): Stack {
  return {
    ...stack,
    linked: (from, property, to) => {
      const before = touched.unknown;
      const answer = stack.linked(from, property, to);
      const sources = from.options.propertyDependencies[property] ?? [];
      const isKnown = answer || sources.length === 0 || sources.some((urn) => typeOf(urn) === to.type);
      if (isKnown) touched.unknown = before;
      return answer;
    },
  };
}

/** Type of the resource itself, without those of its parents. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** A copy that holds the engine's mark in place of an unknown value, and records that the mark was read. */
function copyOf(
  value: Readonly<Record<string, unknown>>,
  touched: Touched,
): Readonly<Record<string, unknown>> {
  return plain(value, touched) as Readonly<Record<string, unknown>>;
}

function plain(value: unknown, touched: Touched): unknown {
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    for (let at = 0; at < value.length; at++) define(copy, at, () => value[at] as unknown, touched);
    return copy;
  }
  if (typeof value !== "object" || value === null) return value;
  const copy = {};
  for (const key of Object.keys(value)) {
    // The bridge of a provider lists under this key which inputs it filled in.
    if (key === "__defaults") continue;
    define(copy, key, () => (value as Record<string, unknown>)[key], touched);
  }
  return copy;
}

function define(copy: object, key: string | number, get: () => unknown, touched: Touched): void {
  const common = { configurable: true, enumerable: true };
  try {
    Object.defineProperty(copy, key, { ...common, value: plain(get(), touched) });
  } catch {
    const mark = () => {
      touched.unknown = true;
      return unknownValue;
    };
    Object.defineProperty(copy, key, { ...common, get: mark });
  }
}
