import type {
  EnforcementLevel,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { judge } from "./evaluate.ts";
import {
  appliesIn,
  type Context,
  environmentOf,
  indexStack,
  type Resource,
  type ResourceRule,
  type Rule,
  type Stack,
  unknownValue,
} from "./kit/index.ts";
import { rules } from "./rules/index.ts";
import { waiverFor, waivers } from "./waivers/index.ts";

function contextOf(urn: string): Context {
  const stack = /^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? "";
  return { environment: environmentOf(stack), today: new Date().toISOString().slice(0, 10) };
}

/** A resource of the engine as rules see it. */
function toResource(
  from: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "opts" | "provider">,
  inputs: Readonly<Record<string, unknown>>,
  propertyDependencies: Readonly<Record<string, readonly string[]>>,
): Resource {
  const { id } = inputs;
  return {
    urn: from.urn,
    type: from.type,
    name: from.name,
    parent: from.opts.parent ?? "",
    inputs,
    // After an update the engine shows the outputs of the provider, with the id.
    ...(typeof id === "string" && id !== unknownValue ? { id } : {}),
    outputs: inputs,
    options: {
      protect: from.opts.protect,
      provider: from.provider?.urn ?? "",
      ignoreChanges: from.opts.ignoreChanges,
      propertyDependencies,
    },
  };
}

/**
 * A rule over one resource as a policy. Properties stay as the engine gives them: a rule that reads a value which is not
 * known yet stops there, and the engine reports that as advice.
 */
function toResourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
  const validate = (args: ResourceValidationArgs, report: ReportViolation): void => {
    const context = contextOf(args.urn);
    if (!rule.types.includes(args.type) || !appliesIn(rule, context.environment)) return;
    if (isWaived(rule, args.name, context)) return;
    const resource = toResource(args, args.props, {});
    for (const message of rule.check(resource, context)) report(`${args.name}: ${message}; ${rule.whatToDo}`);
  };
  // With the engine's own mark for a policy of one type, it skips other resources without reading their properties.
  const [only, ...more] = rule.types;
  return {
    ...describe(rule),
    validateResource: more.length === 0 ? Object.assign(validate, { __pulumiType: only }) : validate,
  };
}

/**
 * All rules over the whole stack as one policy, because the engine would read every resource again for each policy. When
 * a rule reads a value that a preview does not know yet, its findings are advice, in a second policy.
 */
function toStackPolicy(stackRules: readonly Rule[], certain: boolean): StackValidationPolicy {
  return {
    name: certain ? "stack-as-a-whole" : "stack-as-far-as-known",
    description: certain
      ? "Rules over resources together: resources that must exist, and resources that must match."
      : "The same rules, where a value that is not known yet may still satisfy them.",
    enforcementLevel: certain ? level : "advisory",
    validateStack: ({ resources }, report) => {
      const touched = { unknown: false };
      const known = resources.map((resource) => toKnown(resource, touched));
      const first = known[0];
      if (!first) return;
      const context = contextOf(first.urn);
      const stack = linkedQuietly(indexStack(known), touched);
      const names = new Map(known.map(({ urn, name }) => [urn, name]));
      for (const rule of stackRules.filter((one) => appliesIn(one, context.environment))) {
        touched.unknown = false;
        const found = judge(rule, stack, context);
        if (touched.unknown === certain) continue;
        for (const violation of found) {
          if (isWaived(rule, names.get(violation.urn) ?? "", context)) continue;
          report(`[${rule.id}] ${violation.message}`, violation.urn === "" ? undefined : violation.urn);
        }
      }
    },
  };
}

/** Whether a value that is not known yet was read since it was last cleared. */
interface Touched {
  unknown: boolean;
}

/** A preview knows the dependencies that links follow, so reading an unknown value for a link does not count. */
function linkedQuietly(stack: Stack, touched: Touched): Stack {
  return {
    ...stack,
    linked: (from, property, to) => {
      const before = touched.unknown;
      const answer = stack.linked(from, property, to);
      touched.unknown = before;
      return answer;
    },
  };
}

function toKnown(resource: PolicyResource, touched: Touched): Resource {
  const dependencies = Object.entries(resource.propertyDependencies).map(
    ([key, found]): [string, string[]] => [key, found.map(({ urn }) => urn)],
  );
  const inputs = plain(resource.props, touched) as Record<string, unknown>;
  return toResource(resource, inputs, Object.fromEntries(dependencies));
}

/** A copy that holds the engine's mark in place of an unknown value, and records that the mark was read. */
function plain(value: unknown, touched: Touched): unknown {
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    for (let at = 0; at < value.length; at++) define(copy, at, () => value[at] as unknown, touched);
    return copy;
  }
  if (typeof value !== "object" || value === null) return value;
  const copy = {};
  for (const key of Object.keys(value))
    define(copy, key, () => (value as Record<string, unknown>)[key], touched);
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

function isWaived(rule: Rule, name: string, context: Context): boolean {
  return waiverFor({ id: rule.id, resource: name }, context, waivers) !== undefined;
}

/** One level fits every stack: a rule that dev may break does not name dev. */
const level: EnforcementLevel = "mandatory";

function describe(rule: Rule) {
  return {
    name: rule.id,
    description: `${rule.controls.join(", ")}: ${rule.whatToDo}.`,
    enforcementLevel: level,
    severity: rule.severity,
    remediationSteps: rule.whatToDo,
  };
}

const stackRules = rules.filter((rule) => rule.types === "stack");

/** The policies of the pack, in the form of @pulumi/policy. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  ...rules.filter((rule): rule is ResourceRule => rule.types !== "stack").map(toResourcePolicy),
  toStackPolicy(stackRules, true),
  toStackPolicy(stackRules, false),
];
