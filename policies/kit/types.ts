/** How bad a violation is. */
export type Severity = "critical" | "high" | "medium" | "low";

export const environments = ["dev", "staging", "prod", "dr"] as const;

export type Environment = (typeof environments)[number];

/**
 * How strictly a stack is judged: every judge asks here, before a deploy and during it. A stack has the name of its
 * environment. One that this list does not know is judged as prod, so a new environment is never judged by chance.
 */
export function environmentOf(stack: string): Environment {
  return environments.find((name) => name === stack) ?? "prod";
}

/** A resource as a plan or the engine shows it, with the fields that rules need. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent, empty for the stack's own children. */
  readonly parent: string;
  /** Plain JSON. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Known after creation, or made up by a plan. */
  readonly id?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly options: {
    readonly protect: boolean;
    /** `urn::id` of the provider. */
    readonly provider: string;
    readonly ignoreChanges: readonly string[];
    /** URNs of everything that the resource waits for. */
    readonly dependencies: readonly string[];
    /** URNs that a property was made from. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  };
}

/** What a rule may depend on besides resources. */
export interface Context {
  readonly environment: Environment;
  /** ISO date, such as "2026-11-25"; never read from the clock, so that a verdict can be repeated. */
  readonly today: string;
}

/** A resource of an example, with only what matters. */
export interface ExampleResource {
  readonly type: string;
  /** @default "example", with a number when there are several */
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Other resources of the example refer to this one by it. @default the name */
  readonly id?: string;
  readonly protect?: boolean;
  /** Names of resources of the example that this one waits for. */
  readonly waitsFor?: readonly string[];
  readonly provider?: string;
  readonly ignoreChanges?: readonly string[];
}

/** Resources that a rule is tested on. */
export type Example = readonly ExampleResource[];

interface RuleBase {
  /** `<subject>-<requirement>`. */
  readonly id: string;
  /** Rows of the table of controls that the rule covers. */
  readonly controls: readonly string[];
  readonly severity: Severity;
  readonly environments: "all" | readonly Environment[];
  /** What to change after a violation; a phrase that begins with a verb. */
  readonly whatToDo: string;
  /** `wrong`: leaving the property out is a violation too; `right`: the default of the service is safe. */
  readonly missingIs: "wrong" | "right";
  readonly examples: { readonly pass: Example; readonly fail: Example; readonly missing: Example };
}

/** A rule over one resource at a time. */
export interface ResourceRule extends RuleBase {
  readonly types: readonly string[];
  /** What is wrong, one line each: property, what was given, what is allowed. */
  readonly check: (resource: Resource, context: Context) => readonly string[];
}

/** A finding of a rule over the whole stack; it has no resource when something is missing altogether. */
export interface Finding {
  readonly resource?: Resource;
  readonly message: string;
}

/** A rule over all resources together. */
export interface StackRule extends RuleBase {
  readonly types: "stack";
  readonly check: (stack: Stack, context: Context) => readonly Finding[];
}

export type Rule = ResourceRule | StackRule;

/** All resources, with the questions that rules ask of them. */
export interface Stack {
  readonly resources: readonly Resource[];
  /** All resources of the types. */
  readonly of: (...types: readonly string[]) => readonly Resource[];
  /** Whether a property of `from` was made from `to`, or holds its id, name or ARN. */
  readonly linked: (from: Resource, property: string, to: Resource) => boolean;
  /** Whether `from` is made only after `to`, directly or through other resources. */
  readonly waitsFor: (from: Resource, to: Resource) => boolean;
}

/** A rule broken by a resource. */
export interface Violation {
  readonly rule: string;
  readonly severity: Severity;
  /** Empty when something is missing from the stack as a whole. */
  readonly urn: string;
  /** Which resource, what is wrong, what was given, what is allowed. */
  readonly what: string;
  /** The same, and what to do. */
  readonly message: string;
}
