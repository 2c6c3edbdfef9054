import type { EnforcementLevel, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { linkedQuietly, type Memory, type Touched, toResource, toStackResource } from "./engine-resources.ts";
import { judge } from "./evaluate.ts";
import {
  appliesIn,
  type Context,
  environmentOf,
  indexStack,
  type ResourceRule,
  type Rule,
  type StackRule,
  type Violation,
} from "./kit/index.ts";
import { rules } from "./rules/index.ts";
import { waiverFor, waivers } from "./waivers/index.ts";

function contextOf(urn: string): Context {
  const stack = /^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? "";
  return { environment: environmentOf(stack), today: new Date().toISOString().slice(0, 10) };
}

/** What the engine has shown since it started this pack, which it does once for a preview and once for an update. */
const memory: Memory = new Map();

/**
 * Judges nothing. The engine asks every policy about a resource, in order, before it creates or updates the resource. It
 * asks the rules over the whole stack at the end.
 */
const remember: ResourceValidationPolicy = {
  name: "inputs-remembered",
  description: "Keeps the inputs of every resource for the rules over the whole stack.",
  enforcementLevel: "advisory",
  validateResource: ({ urn, props }) => void memory.set(urn, props as Readonly<Record<string, unknown>>),
};

/**
 * A rule over one resource as a policy. Where the rule reads a value that a preview does not know yet, it says nothing:
 * the update asks again, with the value, before it creates the resource.
 */
function toResourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
  const validate: ResourceValidationPolicy["validateResource"] = (args, report) => {
    const context = contextOf(args.urn);
    if (!rule.types.includes(args.type) || !appliesIn(rule, context.environment)) return;
    const touched: Touched = { unknown: false };
    const found = rule
      .check(toResource(args, touched), context)
      .filter((message) => !isWaived(rule, args.name, context, message));
    if (found.length > 0 && !touched.unknown) report(`${args.name}: ${found.join("; ")}; ${rule.whatToDo}`);
  };
  // With the engine's own mark for a policy of one type, it skips other resources without reading their properties.
  const [only, ...more] = rule.types;
  return {
    ...describe(rule),
    validateResource: more.length === 0 ? Object.assign(validate, { __pulumiType: only }) : validate,
  };
}

/**
 * All rules over the whole stack as one policy, because the engine would read every resource again for each policy. Each
 * broken rule is one line. A rule that reads a value which a preview does not know yet says nothing.
 */
function toStackPolicy(stackRules: readonly StackRule[]): StackValidationPolicy {
  return {
    name: "stack-as-a-whole",
    description: "Rules over resources together: resources that must exist, and resources that must match.",
    enforcementLevel: level,
    validateStack: ({ resources }, report) => {
      const touched: Touched = { unknown: false };
      const known = resources.map((resource) => toStackResource(resource, memory, touched));
      const [first] = known;
      if (!first) return;
      const context = contextOf(first.urn);
      const stack = linkedQuietly(indexStack(known), touched);
      const names = new Map(known.map(({ urn, name }) => [urn, name]));
      for (const rule of stackRules.filter((one) => appliesIn(one, context.environment))) {
        touched.unknown = false;
        const found = judge(rule, stack, context);
        if (touched.unknown) continue;
        const left = found.filter(
          ({ urn, message }) => !isWaived(rule, names.get(urn) ?? "", context, message),
        );
        if (left.length > 0) report(...oneLine(rule, left));
      }
    },
  };
}

/** A message about everything that breaks a rule, and the resource it is about, if that is one. */
function oneLine(rule: Rule, violations: readonly Violation[]): [message: string, urn?: string] {
  const [{ urn } = { urn: "" }] = violations;
  const message = `[${rule.id}] ${violations.map(({ what }) => what).join("; ")}; ${rule.whatToDo}`;
  return urn !== "" && violations.every((other) => other.urn === urn) ? [message, urn] : [message];
}

function isWaived(rule: Rule, name: string, context: Context, message: string): boolean {
  return waiverFor({ id: rule.id, resource: name, message }, context, waivers) !== undefined;
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

/** The policies of the pack, in the form of @pulumi/policy. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  remember,
  ...rules.filter((rule): rule is ResourceRule => rule.types !== "stack").map(toResourcePolicy),
  toStackPolicy(rules.filter((rule): rule is StackRule => rule.types === "stack")),
];
