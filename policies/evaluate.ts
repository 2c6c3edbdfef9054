import { indexStack } from "./stack.ts";
import type { Context, Environment, Resource, Rule, Stack, Violation, Waiver } from "./types.ts";

/** What rules say about a set of resources. */
export interface Verdict {
  /** What nobody has accepted. */
  readonly violations: readonly Violation[];
  readonly waived: readonly { readonly violation: Violation; readonly waiver: Waiver }[];
}

/**
 * Judges resources by rules. Pure: the same resources, environment and day give the same verdict.
 *
 * A waiver that has expired waives nothing, so its violations come back by themselves.
 */
export function evaluate(
  resources: readonly Resource[],
  context: Context,
  rules: readonly Rule[],
  waivers: readonly Waiver[],
): Verdict {
  const stack = indexStack(resources);
  const found = rules.flatMap((rule) =>
    appliesIn(rule, context.environment) ? judge(rule, stack, context) : [],
  );
  const names = new Map(resources.map((resource) => [resource.urn, resource.name]));
  const violations: Violation[] = [];
  const waived: { violation: Violation; waiver: Waiver }[] = [];
  for (const violation of found) {
    const waiver = waivers.find((entry) => waives(entry, violation, names.get(violation.urn) ?? "", context));
    if (waiver) waived.push({ violation, waiver });
    else violations.push(violation);
  }
  return { violations, waived };
}

export function appliesIn(entry: Pick<Rule | Waiver, "environments">, environment: Environment): boolean {
  return entry.environments === "all" || entry.environments.includes(environment);
}

/** What one rule says, waivers left aside. */
export function judge(rule: Rule, stack: Stack, context: Context): readonly Violation[] {
  if (rule.types !== "stack") {
    return stack
      .of(...rule.types)
      .flatMap((resource) =>
        rule.check(resource, context).map((message) => toViolation(rule, message, resource)),
      );
  }
  return rule.check(stack, context).map(({ resource, message }) => toViolation(rule, message, resource));
}

function toViolation(rule: Rule, message: string, resource: Resource | undefined): Violation {
  return {
    rule: rule.id,
    severity: rule.severity,
    urn: resource?.urn ?? "",
    message: `${resource?.name ?? "the stack"}: ${message}; ${rule.whatToDo}`,
  };
}

/** Whether a waiver accepts what a rule says of a resource, today and in this environment. */
export function waives(
  waiver: Waiver,
  violation: Pick<Violation, "rule">,
  name: string,
  { environment, today }: Context,
): boolean {
  return (
    waiver.rule === violation.rule &&
    waiver.expires >= today &&
    appliesIn(waiver, environment) &&
    globMatches(waiver.resource, name)
  );
}

/** Whether a name fits a pattern in which `*` stands for any text. */
export function globMatches(pattern: string, name: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(name);
}
