import {
  appliesIn,
  type Context,
  indexStack,
  type Resource,
  type Rule,
  type Stack,
  type Violation,
} from "./kit/index.ts";
import { applyWaivers, type Verdict, type Waiver } from "./waivers/index.ts";

/** Judges resources by rules. Pure: the same resources, environment and day give the same verdict. */
export function evaluate(
  resources: readonly Resource[],
  context: Context,
  rules: readonly Rule[],
  waivers: readonly Waiver[],
): Verdict<Violation> {
  const stack = indexStack(resources);
  const violations = rules.flatMap((rule) =>
    appliesIn(rule, context.environment) ? judge(rule, stack, context) : [],
  );
  const names = new Map(resources.map((resource) => [resource.urn, resource.name]));
  const identify = ({ rule, urn }: Violation) => ({ id: rule, resource: names.get(urn) ?? "" });
  return applyWaivers(violations, identify, context, waivers);
}

/** Violations of one rule, without regard to waivers. */
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
  const what = `${resource?.name ?? "the stack"}: ${message}`;
  return {
    rule: rule.id,
    severity: rule.severity,
    urn: resource?.urn ?? "",
    what,
    message: `${what}; ${rule.whatToDo}`,
  };
}
