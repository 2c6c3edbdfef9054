import { joinRows, type Plan, type Row, reachability, toRows } from "../plan/index.ts";
import { absent, code, markdownDocument, table } from "./markdown.ts";
import { withoutPlace } from "./names.ts";

/** A row of the plans of all environments: what differs between them are verdicts and rules. */
interface Shared extends Pick<Row, "must" | "what" | "from" | "to" | "ports"> {
  /** By environment. */
  readonly in: Readonly<Record<string, { readonly verdict: string; readonly rule: string }>>;
}

/** The document with the paths that must exist and those that must not, and the rule that decides each. */
export function reachabilityDocument(plans: readonly Plan[]): string {
  const environments = plans.map(({ stack }) => stack);
  const shared = sharedRows(plans);
  const section = (must: Row["must"], ends: string): readonly string[] => [
    `## Must ${must}`,
    ends,
    table(
      ["what", "from", "to", "port", ...environments, "decided by"],
      shared
        .filter((entry) => entry.must === must)
        .map((entry) => [
          entry.what,
          entry.from,
          entry.to,
          entry.ports,
          ...environments.map((name) => entry.in[name]?.verdict ?? absent),
          rulesOf(entry, environments),
        ]),
    ),
  ];
  return markdownDocument("Who reaches whom", introduction, [
    ...section("reach", "Each address on one side reaches each on the other."),
    ...section("not reach", "No address on one side reaches one on the other."),
  ]);
}

const introduction = [
  "Computed from security groups, access lists, route tables, VPC endpoints and their policies, load balancers and network policies together, with what AWS makes by itself: the security group of the cluster and the default access list. `allowed`: every rule on the way admits it. `denied`: the named rule stops it. `unknown`: something outside of the plan decides; the words say what. **Bold**: not as it must be; a test refuses it.",
  `Not judged: permissions of roles, Kubernetes RBAC, certificates, and hosts of the internet, where \`allowed\` ends at the edge of the network. \`${absent}\`: the environment has no such path. \`<from>\` and \`<to>\` are the names in the row. \`npm run plan -- <environment> --reachability\` prints one environment.`,
];

function sharedRows(plans: readonly Plan[]): readonly Shared[] {
  const all = new Map<string, Shared>();
  for (const plan of plans) {
    const text = (value: string): string => withoutPlace(value, plan);
    for (const { must, what, ports, verdict, holds, ...row } of toRows(reachability(plan))) {
      const ends = { must, what, from: text(row.from), to: text(row.to), ports };
      const key = Object.values(ends).join(" | ");
      const own = { [plan.stack]: { verdict: holds ? verdict : `**${verdict}**`, rule: text(row.rule) } };
      const entry = all.get(key) ?? { ...ends, in: {} };
      all.set(key, { ...entry, in: { ...entry.in, ...own } });
    }
  }
  return joinRows([...all.values()]);
}

/** One rule where all environments have the same, or else each with its environments. */
function rulesOf(entry: Shared, environments: readonly string[]): string {
  const rules = Map.groupBy(
    environments.filter((name) => entry.in[name] !== undefined),
    (name) => entry.in[name]?.rule ?? "",
  );
  const [[only] = [""], ...others] = rules;
  if (others.length === 0) return steps(only);
  return [...rules].map(([rule, names]) => `${names.join(", ")}: ${steps(rule)}`).join("; ");
}

function steps(rule: string): string {
  return rule.split(" · ").map(code).join(" ");
}
