import type { Plan, PlannedResource } from "../plan/index.ts";
import { code, markdownDocument, table } from "./markdown.ts";
import { withoutPlace } from "./names.ts";

/** A statement of a policy, every value as a list. */
interface Statement {
  readonly id: string;
  readonly effect: string;
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
}

/** A table row and the environments in which it applies. */
interface Line {
  readonly cells: readonly string[];
  readonly environments: string[];
}

interface RoleLines {
  readonly trust: Map<string, Line>;
  readonly statements: Map<string, Line>;
  readonly managed: Map<string, Line>;
  readonly environments: string[];
}

/** The document with every role: who may assume it, what it may do, and which statements have wildcards. */
export function iamDocument(plans: readonly Plan[]): string {
  const roles = new Map<string, RoleLines>();
  const wildcards = new Map<string, Line>();
  for (const plan of plans) {
    for (const role of plan.all("aws:iam/role:Role")) collect(plan, role, roles, wildcards);
  }
  const sections = [...roles.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return markdownDocument("Roles and what they may do", introduction, [
    "## Wildcards",
    "Every statement that allows an action with a wildcard, or an action on every resource.",
    wildcards.size === 0
      ? "None."
      : table(
          ["Role", "Statement", "Does", "Actions", "Resources", "Only if", "Environments"],
          rowsOf(wildcards),
        ),
    ...sections.map(([name, lines]) => roleSection(name, lines)),
  ]);
}

const introduction = [
  "Values in angle brackets differ from one environment to the next. A resource that ends in `/*` names everything below " +
    "one thing of ours and is no wildcard here. Managed policies are AWS's own documents, listed by name.",
];

function collect(
  plan: Plan,
  role: PlannedResource,
  roles: Map<string, RoleLines>,
  wildcards: Map<string, Line>,
): void {
  const lines: RoleLines = roles.get(role.name) ?? {
    trust: new Map(),
    statements: new Map(),
    managed: new Map(),
    environments: [],
  };
  roles.set(role.name, lines);
  lines.environments.push(plan.stack);
  const read = (document: unknown): readonly Statement[] => statementsOf(document, plan);
  for (const { principals, actions, conditions } of read(role.inputs.assumeRolePolicy))
    add(lines.trust, [codes(principals), codes(actions), codes(conditions)], plan.stack);
  const { documents, managed } = policiesOf(plan, role);
  for (const name of managed) add(lines.managed, [code(name)], plan.stack);
  for (const statement of documents.flatMap(read)) {
    const { id, effect, actions, resources, conditions } = statement;
    const rule = [codes(actions), codes(resources), codes(conditions)];
    add(lines.statements, [code(id), effect, ...rule], plan.stack);
    if (isWild(statement)) add(wildcards, [code(role.name), code(id), ...summaryOf(statement)], plan.stack);
  }
}

/** The policies of a role: our policy documents, and the names of managed policies of AWS. */
function policiesOf(
  plan: Plan,
  role: PlannedResource,
): { readonly documents: readonly unknown[]; readonly managed: readonly string[] } {
  const ownNames = new Set(
    [role.id, role.outputs.name, role.inputs.name].filter((name) => name !== undefined),
  );
  const isIts = (resource: PlannedResource): boolean => ownNames.has(resource.inputs.role as string);
  const arns = [
    ...plan
      .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(isIts)
      .map(({ inputs }) => inputs.policyArn),
    ...list(role.inputs.managedPolicyArns),
  ].map(String);
  const ours = new Map(
    plan.all("aws:iam/policy:Policy").map(({ outputs, inputs }) => [outputs.arn, inputs.policy]),
  );
  const inline = list(role.inputs.inlinePolicies) as { readonly policy?: unknown }[];
  return {
    documents: [
      ...plan
        .all("aws:iam/rolePolicy:RolePolicy")
        .filter(isIts)
        .map(({ inputs }) => inputs.policy),
      ...inline.map(({ policy }) => policy),
      ...arns.flatMap((arn) => (ours.has(arn) ? [ours.get(arn)] : [])),
    ],
    managed: arns.filter((arn) => !ours.has(arn)).map((arn) => arn.split(":policy/").at(-1) ?? arn),
  };
}

function statementsOf(document: unknown, plan: Plan): readonly Statement[] {
  const value = (typeof document === "string" ? JSON.parse(document) : document) as
    | { readonly Statement?: unknown }
    | undefined;
  const plain = (item: unknown): readonly string[] =>
    list(item).map((text) => withoutPlace(String(text), plan));
  return (list(value?.Statement) as Record<string, unknown>[]).map((raw) => ({
    id: typeof raw.Sid === "string" ? raw.Sid : "",
    effect: String(raw.Effect),
    principals: byKey(raw.Principal, plain, ":"),
    actions:
      raw.NotAction === undefined ? plain(raw.Action) : plain(raw.NotAction).map((name) => `not ${name}`),
    resources:
      raw.NotResource === undefined ? plain(raw.Resource) : plain(raw.NotResource).map((arn) => `not ${arn}`),
    conditions: Object.entries((raw.Condition as object | undefined) ?? {}).flatMap(([operator, keys]) =>
      byKey(keys, plain, ` ${operator} `).map((text) => withoutPlace(text, plan)),
    ),
  }));
}

/** `{ key: values }` as one text per key. Plain text stays as it is. */
function byKey(
  value: unknown,
  plain: (item: unknown) => readonly string[],
  between: string,
): readonly string[] {
  if (typeof value !== "object" || value === null) return plain(value);
  return Object.entries(value).map(([key, values]) => `${key}${between}${plain(values).join(", ")}`);
}

/** Whether a statement allows an action with a wildcard, or an action on every resource. "All except" counts as a wildcard. */
function isWild({ effect, actions, resources }: Statement): boolean {
  if (effect !== "Allow") return false;
  return (
    actions.some((action) => action.includes("*") || action.startsWith("not ")) ||
    resources.some((resource) => resource === "*" || resource.startsWith("not "))
  );
}

/** With more actions than this, the table of wildcards shows only their number. The table of the role lists them. */
const listedActions = 6;

const reading = /^[a-z0-9-]+:(Describe|List|Get|BatchGet|Search|View)/;

/** The cells that a reviewer of wildcards reads first: reads or changes, actions, resources, conditions. */
function summaryOf({ actions, resources, conditions }: Statement): readonly string[] {
  const does = actions.every((action) => reading.test(action)) ? "reads" : "**changes**";
  const what = actions.length > listedActions ? `${actions.length} actions, listed below` : codes(actions);
  return [does, what, codes(resources), codes(conditions)];
}

function roleSection(name: string, { trust, statements, managed, environments }: RoleLines): string {
  return [
    `## ${name}`,
    `In ${environments.join(", ")}.`,
    table(["Trusted", "For", "Only if", "Environments"], rowsOf(trust)),
    ...(managed.size > 0 ? [table(["Managed policy", "Environments"], rowsOf(managed))] : []),
    ...(statements.size > 0
      ? [
          table(
            ["Statement", "Effect", "Actions", "Resources", "Only if", "Environments"],
            rowsOf(statements),
          ),
        ]
      : []),
  ].join("\n\n");
}

function rowsOf(lines: ReadonlyMap<string, Line>): string[][] {
  return [...lines.values()].map(({ cells, environments }) => [...cells, environments.join(", ")]);
}

function add(lines: Map<string, Line>, cells: readonly string[], environment: string): void {
  const key = cells.join("\n");
  const line = lines.get(key) ?? { cells, environments: [] };
  lines.set(key, line);
  if (!line.environments.includes(environment)) line.environments.push(environment);
}

function codes(texts: readonly string[]): string {
  return texts.map(code).join("<br>");
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
