import { isRecord, list, parsed, texts } from "./values.ts";

/** A statement of a policy document, with every value as a list. */
export interface Statement {
  readonly sid: string;
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `*` for everybody, else `<kind>:<value>`, such as "Service:ec2.amazonaws.com" or "AWS:*". */
  readonly principals: readonly string[];
  /** Condition key, in lower case, to its values; the operators are in `operators`. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
  readonly operators: Readonly<Record<string, string>>;
}

/** The statements of a policy document, or undefined when the value is none. */
export function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const value = parsed(policy);
  if (!isRecord(value) || value.Statement === undefined) return undefined;
  return list(value.Statement).filter(isRecord).map(toStatement);
}

function toStatement(raw: Readonly<Record<string, unknown>>): Statement {
  const conditions: Record<string, readonly string[]> = {};
  const operators: Record<string, string> = {};
  for (const [operator, keys] of Object.entries(isRecord(raw.Condition) ? raw.Condition : {})) {
    for (const [key, value] of Object.entries(isRecord(keys) ? keys : {})) {
      conditions[key.toLowerCase()] = texts(value);
      operators[key.toLowerCase()] = operator;
    }
  }
  return {
    sid: texts(raw.Sid)[0] ?? "",
    allows: raw.Effect !== "Deny",
    actions: texts(raw.Action),
    notActions: texts(raw.NotAction),
    resources: texts(raw.Resource),
    notResources: texts(raw.NotResource),
    principals: principalsOf(raw.Principal),
    conditions,
    operators,
  };
}

function principalsOf(principal: unknown): readonly string[] {
  if (!isRecord(principal)) return texts(principal);
  return Object.entries(principal).flatMap(([kind, values]) =>
    texts(values).map((value) => `${kind}:${value}`),
  );
}

/** Whether a statement admits everybody, without regard to its conditions. */
export function isForEverybody(statement: Statement): boolean {
  return (
    statement.allows && statement.principals.some((principal) => principal === "*" || principal === "AWS:*")
  );
}

/** Whether a statement admits every caller of every account; a message says it so. */
export function admitsEverybody(statement: Statement): "admits everybody" | undefined {
  return isForEverybody(statement) && !namesCaller(statement) ? "admits everybody" : undefined;
}

/** Condition keys that limit calls to an account, an organisation or one of their resources. */
const callerKeys = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceowner",
  "aws:sourceorgid",
  "kms:calleraccount",
];

/** Whether conditions limit the callers of a statement; a wildcard as the value limits nothing. */
export function namesCaller(statement: Statement): boolean {
  return callerKeys.some((key) => {
    const values = statement.conditions[key];
    const positive = /^(ForAnyValue:)?(String|Arn)(Equals|Like)(IgnoreCase)?$/.test(
      statement.operators[key] ?? "",
    );
    return positive && values !== undefined && values.length > 0 && !values.includes("*");
  });
}

/** How a message names a statement. */
export function nameOf(statement: Statement, index: number): string {
  return statement.sid === "" ? `statement ${index + 1}` : `statement "${statement.sid}"`;
}

/** A policy document for examples. */
export function policyDocument(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}
