import { nameOf, type Statement, statementsOf } from "./policy-documents.ts";
import type { Requirement } from "./requirements.ts";
import type {
  Context,
  Environment,
  Example,
  Finding,
  Resource,
  ResourceRule,
  Severity,
  Stack,
  StackRule,
} from "./types.ts";
import { join, type Plain, readAll, show, writeAt } from "./values.ts";

/** Environments where a mistake costs data or trust: all but dev. */
export const hardened: readonly Environment[] = ["staging", "prod", "dr"];

/** Environments of the production rows in the table of controls; the standby counts as production. */
export const production: readonly Environment[] = ["prod", "dr"];

/** Whether a rule, or a waiver, holds in an environment. */
export function appliesIn(
  entry: { readonly environments: "all" | readonly Environment[] },
  environment: Environment,
): boolean {
  return entry.environments === "all" || entry.environments.includes(environment);
}

/** What every rule states, whatever it is about. */
export interface RuleHead {
  readonly id: string;
  readonly controls: readonly string[];
  readonly severity: Severity;
  /** @default "all" */
  readonly environments?: "all" | readonly Environment[];
  readonly whatToDo: string;
}

function common({ id, controls, severity, environments = "all", whatToDo }: RuleHead) {
  return { id, controls, severity, environments, whatToDo };
}

interface PropertyRule extends RuleHead {
  readonly types: readonly [string, ...string[]];
  /** Such as "vpcConfig.subnetIds" or "rules[].action". */
  readonly path: string;
  /** One requirement, or one by environment. */
  readonly is: Requirement | Readonly<Record<Environment, Requirement>>;
  /** @default "wrong" */
  readonly missingIs?: "wrong" | "right";
  /** Whether the rule is about a resource with these inputs. @default it is about every one */
  readonly when?: (inputs: Plain, resource: Resource) => boolean;
  /** Other inputs that an example needs, for instance to make `when` true. */
  readonly rest?: Plain;
  /** The value is a secret and must not be in a message. */
  readonly hidden?: boolean;
}

/** A rule about one property. Examples follow from the requirement. */
export function property(rule: PropertyRule): ResourceRule {
  const { types, path, when, rest = {}, missingIs = "wrong", hidden = false } = rule;
  const strictest = requirementIn(rule, "prod");
  const example = (value: unknown): Example => [
    { type: types[0], inputs: value === undefined ? rest : join(rest, writeAt(path, value)) },
  ];
  return {
    ...common(rule),
    types,
    missingIs,
    check: (resource, { environment }) => {
      const { inputs } = resource;
      if (when && !when(inputs, resource)) return [];
      const requirement = requirementIn(rule, environment);
      return readAll(inputs, path)
        .filter(({ value }) => !(isNothing(value) && missingIs === "right") && !requirement.holds(value))
        .map(
          ({ path: at, value }) =>
            `${at}: got ${hidden && !isNothing(value) ? "a value" : show(value)}; allowed: ${requirement.allowed}`,
        );
    },
    examples: {
      pass: example(strictest.right),
      // The wrong value of dev is wrong everywhere: thresholds only rise.
      fail: example(requirementIn(rule, "dev").wrong),
      missing: [{ type: types[0], inputs: rest }],
    },
  };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function requirementIn({ is }: Pick<PropertyRule, "is">, environment: Environment): Requirement {
  return "holds" in is ? is : is[environment];
}

interface CustomRule extends RuleHead {
  readonly types: readonly [string, ...string[]];
  readonly check: (inputs: Plain, context: Context, resource: Resource) => readonly string[];
  /** @default "wrong" */
  readonly missingIs?: "wrong" | "right";
  readonly pass: Plain;
  readonly fail: Plain;
  /** @default no inputs at all */
  readonly missing?: Plain;
}

/** A rule over the inputs of one resource that no single path can express. */
export function custom(rule: CustomRule): ResourceRule {
  const example = (inputs: Plain): Example => [{ type: rule.types[0], inputs }];
  return {
    ...common(rule),
    types: rule.types,
    missingIs: rule.missingIs ?? "wrong",
    check: (resource, context) => rule.check(resource.inputs, context, resource),
    examples: { pass: example(rule.pass), fail: example(rule.fail), missing: example(rule.missing ?? {}) },
  };
}

interface PolicyDocumentRule extends RuleHead {
  readonly types: readonly [string, ...string[]];
  /** Property that holds the policy document; a record names it by type. */
  readonly path: string | Readonly<Record<string, string>>;
  /** What is wrong with a statement, or undefined. */
  readonly wrong: (statement: Statement) => string | undefined;
  /** What is wrong with the policy document as a whole. @default nothing */
  readonly wrongTogether?: (statements: readonly Statement[]) => string | undefined;
  /** @default "wrong" */
  readonly missingIs?: "wrong" | "right";
  readonly pass: string;
  readonly fail: string;
}

/** A rule over the statements of a policy document. A value that is no policy document is a violation. */
export function policyDocumentRule(rule: PolicyDocumentRule): ResourceRule {
  const [first] = rule.types;
  const pathOf = (type: string): string =>
    typeof rule.path === "string" ? rule.path : (rule.path[type] ?? "policy");
  const missingIs = rule.missingIs ?? "wrong";
  const example = (value: string): Example => [{ type: first, inputs: { [pathOf(first)]: value } }];
  return {
    ...common(rule),
    types: rule.types,
    missingIs,
    check: ({ type, inputs }) => {
      const path = pathOf(type);
      const value = inputs[path];
      if (isNothing(value) && missingIs === "right") return [];
      const statements = statementsOf(value);
      if (!statements) return [`${path}: got ${show(value)}; allowed: a policy document`];
      const together = rule.wrongTogether?.(statements);
      const each = statements.flatMap((statement, index) => {
        const wrong = rule.wrong(statement);
        return wrong === undefined ? [] : [`${path}: ${nameOf(statement, index)} ${wrong}`];
      });
      return together === undefined ? each : [...each, `${path}: ${together}`];
    },
    examples: { pass: example(rule.pass), fail: example(rule.fail), missing: [{ type: first }] },
  };
}

interface OverStack extends RuleHead {
  readonly check: (stack: Stack, context: Context) => readonly Finding[];
  /** @default "wrong" */
  readonly missingIs?: "wrong" | "right";
  readonly pass: Example;
  readonly fail: Example;
  readonly missing: Example;
}

/** A rule over all resources together. */
export function overStack(rule: OverStack): StackRule {
  return {
    ...common(rule),
    types: "stack",
    missingIs: rule.missingIs ?? "wrong",
    check: rule.check,
    examples: { pass: rule.pass, fail: rule.fail, missing: rule.missing },
  };
}

interface PairRule extends RuleHead {
  /** Type of the resources that need a partner. */
  readonly of: string;
  readonly when?: (inputs: Plain) => boolean;
  readonly partner: string;
  /** Property of the partner that names the resource. */
  readonly by: string;
  /** Whether a linked partner is right. @default every one is */
  readonly partnerIs?: (inputs: Plain) => boolean;
  /** The partner that a message asks for. */
  readonly wanted: string;
  readonly pass: Plain;
  /** Inputs of a wrong partner. @default the partner of the failing example belongs to another resource */
  readonly fail?: Plain;
  readonly rest?: Plain;
}

/** "Every X has a Y": the examples are an X with a right Y, with a wrong one, and with none. */
export function pair(rule: PairRule): StackRule {
  const subject = { type: rule.of, name: "subject", inputs: rule.rest ?? {} };
  const partner = (inputs: Plain, of: string) => ({
    type: rule.partner,
    name: "partner",
    inputs: join(inputs, writeAt(rule.by, rule.by.endsWith("s") ? [of] : of)),
  });
  return overStack({
    ...rule,
    check: (stack) =>
      stack
        .of(rule.of)
        .filter(({ inputs }) => rule.when?.(inputs) ?? true)
        .filter(
          (resource) =>
            !stack
              .of(rule.partner)
              .some(
                (other) =>
                  stack.linked(other, rule.by.split(".")[0] ?? "", resource) &&
                  (rule.partnerIs?.(other.inputs) ?? true),
              ),
        )
        .map((resource) => ({ resource, message: `got none; wanted: ${rule.wanted}` })),
    pass: [subject, partner(rule.pass, "subject")],
    fail: [subject, rule.fail ? partner(rule.fail, "subject") : partner(rule.pass, "another")],
    missing: [subject],
  });
}

interface NeverRule extends RuleHead {
  readonly types: readonly [string, ...string[]];
}

/** "No X is declared": for types that are wrong whatever their inputs are. */
export function never(rule: NeverRule): StackRule {
  return overStack({
    ...rule,
    missingIs: "right",
    check: (stack) =>
      stack.of(...rule.types).map((resource) => ({ resource, message: `${resource.type}: allowed: none` })),
    pass: [{ type: "aws:ec2/vpc:Vpc" }],
    fail: [{ type: rule.types[0] }],
    missing: [],
  });
}

interface DeclaredRule extends RuleHead {
  readonly type: string;
  /** Whether a resource of the type is right. @default every one is */
  readonly is?: (inputs: Plain) => boolean;
  /** The resource that a message asks for. */
  readonly wanted: string;
  readonly pass: Plain;
  /** Inputs of a wrong resource. @default the failing example has none */
  readonly fail?: Plain;
  /** The rule holds only where the stack has a resource of one of these types. @default always */
  readonly where?: readonly [string, ...string[]];
}

/** "The stack has an X": for a resource that protects the stack and belongs to no other resource. */
export function declared(rule: DeclaredRule): StackRule {
  const reason = (rule.where ?? []).slice(0, 1).map((type) => ({ type, name: "reason" }));
  return overStack({
    ...rule,
    check: (stack) => {
      if (rule.where && stack.of(...rule.where).length === 0) return [];
      const found = stack.of(rule.type).some(({ inputs }) => rule.is?.(inputs) ?? true);
      return found ? [] : [{ message: `${rule.type}: got none; wanted: ${rule.wanted}` }];
    },
    pass: [...reason, { type: rule.type, name: "wanted", inputs: rule.pass }],
    fail: [...reason, ...(rule.fail ? [{ type: rule.type, name: "wanted", inputs: rule.fail }] : [])],
    missing: reason,
  });
}
