import type { Inputs } from "../model.ts";
import type { AwsRequest, Endpoint, Gate } from "../types.ts";

/**
 * What the policy of a VPC endpoint says about a call. An endpoint without a policy allows everything. A statement whose
 * condition is not read here decides nothing.
 */
export function endpointGate({ name, policy }: Endpoint, request: AwsRequest): Gate {
  if (policy === "") return { verdict: "allowed", rule: `endpoint ${name}` };
  const { Statement } = JSON.parse(policy) as { readonly Statement: readonly Inputs[] };
  const fitting = Statement.filter(
    ({ Action, Resource }) => matchesOne(Action, request.action) && matchesOne(Resource, request.resource),
  );
  const [denies, allows] = ["Deny", "Allow"].map((effect) =>
    fitting.filter((statement) => statement.Effect === effect),
  );
  const verdicts = (statements: readonly Inputs[] | undefined) =>
    (statements ?? []).map((statement) => ({ sid: String(statement.Sid), holds: holds(statement, request) }));
  const denied = verdicts(denies).find((one) => one.holds !== false);
  if (denied) {
    const verdict = denied.holds === undefined ? "unknown" : "denied";
    return { verdict, rule: `endpoint ${name}: ${denied.sid}` };
  }
  const open = verdicts(allows);
  const allowed = open.find((one) => one.holds === true);
  if (allowed) return { verdict: "allowed", rule: `endpoint ${name}: ${allowed.sid}` };
  const unread = open.find((one) => one.holds === undefined);
  if (unread) return { verdict: "unknown", rule: `endpoint ${name}: condition of ${unread.sid} is not read` };
  return {
    verdict: "denied",
    rule: `endpoint ${name}: no statement for ${request.action} on ${request.resource}`,
  };
}

/** Whether the condition of a statement holds; undefined when it has a key that is not read here. */
function holds({ Condition }: Inputs, { account }: AwsRequest): boolean | undefined {
  const tests = Object.entries((Condition ?? {}) as Readonly<Record<string, Inputs>>).flatMap(
    ([operator, keys]) => Object.entries(keys).map(([key, value]) => ({ operator, key, value })),
  );
  if (tests.some(({ operator, key }) => operator !== "StringEquals" || key !== "aws:PrincipalAccount"))
    return undefined;
  return tests.every(({ value }) => [value].flat().includes(account));
}

function matchesOne(patterns: unknown, text: string): boolean {
  return [patterns].flat().some((pattern) => {
    const source = String(pattern)
      .split("*")
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*");
    return new RegExp(`^${source}$`).test(text);
  });
}
