import type { Plan, PlannedResource } from "../../tools/plan/index.ts";

/** An IAM statement with every value as a list. */
export interface Statement {
  readonly sid: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  /** Operator, key, values. */
  readonly conditions: readonly (readonly [string, string, readonly string[]])[];
}

/** A call as IAM judges it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Policies of a role of a plan, in the two kinds that IAM measures. */
export interface Attached {
  readonly inline: readonly string[];
  readonly managed: readonly string[];
  /** Every managed policy, including those of AWS. */
  readonly arns: readonly string[];
}

export function attachedTo(plan: Plan, role: PlannedResource): Attached {
  const names = new Set([role.id, role.outputs.name, role.inputs.name]);
  const isIts = ({ inputs }: PlannedResource): boolean => names.has(inputs.role as string);
  const arns = plan
    .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(isIts)
    .map(({ inputs }) => String(inputs.policyArn));
  return {
    arns,
    inline: plan
      .all("aws:iam/rolePolicy:RolePolicy")
      .filter(isIts)
      .map(({ inputs }) => String(inputs.policy)),
    managed: plan
      .all("aws:iam/policy:Policy")
      .filter(({ outputs }) => arns.includes(String(outputs.arn)))
      .map(({ inputs }) => String(inputs.policy)),
  };
}

/** Statements of our own policy documents of a role. */
export function statementsOfRole(plan: Plan, name: string): readonly Statement[] {
  const { inline, managed } = attachedTo(plan, plan.one("aws:iam/role:Role", name));
  return [...inline, ...managed].flatMap(parseStatements);
}

export function parseStatements(text: string): readonly Statement[] {
  const { Statement: all } = JSON.parse(text) as { readonly Statement: readonly Record<string, unknown>[] };
  return all.map((raw) => ({
    sid: String(raw.Sid),
    allows: raw.Effect === "Allow",
    actions: list(raw.Action),
    notActions: list(raw.NotAction),
    resources: list(raw.Resource),
    conditions: Object.entries((raw.Condition ?? {}) as Record<string, Record<string, unknown>>).flatMap(
      ([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => [operator, key, list(values)] as const),
    ),
  }));
}

/** The verdict of IAM over identity policies: a Deny wins, and without an Allow the call is refused. */
export function allows(statements: readonly Statement[], request: Request): boolean {
  const matching = statements.filter((statement) => applies(statement, request));
  return matching.length > 0 && matching.every((statement) => statement.allows);
}

function applies(
  { actions, notActions, resources, conditions }: Statement,
  { action, resource, context }: Request,
): boolean {
  const named =
    notActions.length > 0
      ? !notActions.some((pattern) => matches(pattern, action, "i"))
      : actions.some((pattern) => matches(pattern, action, "i"));
  return (
    named &&
    resources.some((pattern) => matches(pattern, resource)) &&
    conditions.every(([operator, key, values]) => holds(operator, values, context[key]))
  );
}

/** Condition operators of our policies. The test fails on any other operator. */
function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  if (given === undefined) return false;
  if (operator === "StringLike" || operator === "ArnLike")
    return values.some((value) => matches(value, given));
  if (["StringEquals", "ForAnyValue:StringEquals", "Bool"].includes(operator)) return values.includes(given);
  throw new Error(`the condition ${operator} is not known here; allowed: those of our own policies`);
}

function matches(pattern: string, text: string, flags = ""): boolean {
  if (!/[*?]/.test(pattern)) {
    return flags === "i" ? pattern.toLowerCase() === text.toLowerCase() : pattern === text;
  }
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags).test(text);
}

function list(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
