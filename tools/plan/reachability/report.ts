import type { Finding } from "./types.ts";

/** A finding as people read it. */
export interface Row {
  readonly must: Finding["must"];
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly verdict: Finding["answer"]["verdict"];
  readonly rule: string;
  readonly holds: boolean;
}

export function toRows(findings: readonly Finding[]): readonly Row[] {
  return findings.map(({ must, what, flow, answer, holds }) => ({
    must,
    what,
    from: flow.from.name,
    to: flow.to.name,
    ports: `${flow.port}${flow.protocol === "udp" ? " UDP" : ""}`,
    verdict: answer.verdict,
    rule: generalRule(answer.rule, flow.from.name, flow.to.name),
    holds,
  }));
}

/** Joins rows that are equal in everything but the ports or one of the ends, in the order of the first of each. */
export function joinRows<T extends Pick<Row, "from" | "to" | "ports">>(rows: readonly T[]): readonly T[] {
  return (["ports", "to", "from"] as const).reduce<readonly T[]>(joinBy, rows);
}

function joinBy<T extends Pick<Row, "from" | "to" | "ports">>(
  rows: readonly T[],
  field: "ports" | "from" | "to",
): readonly T[] {
  const joined = new Map<string, T[]>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, [field]: "" });
    joined.set(key, [...(joined.get(key) ?? []), row]);
  }
  return [...joined.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, [field]: [...new Set([first, ...others].map((row) => row[field]))].join(", ") }],
  );
}

/**
 * A rule without what is different between equal decisions: the zone, the names of the two ends, and what a group or a
 * policy lacks.
 */
function generalRule(rule: string, from: string, to: string): string {
  const zoned = rule
    .replaceAll(/\b[a-z]{2,4}\d-az\d\b/g, "<zone>")
    .replace(/: no (rule (?:in|out)|ingress|egress) (?:from|to|for) .*$/, ": no $1");
  const named = (text: string, name: string, word: string): string => {
    const literal = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    return text.replaceAll(new RegExp(`(^|[ ,])${literal}(?=$|[ ,:])`, "g"), `$1${word}`);
  };
  return named(named(zoned, from, "<from>"), to, "<to>");
}

/** The report for people, with what is wrong first. */
export function reachabilityText(stack: string, findings: readonly Finding[]): string {
  const wrong = findings.filter(({ holds }) => !holds);
  const count = (verdict: string): number =>
    findings.filter(({ answer }) => answer.verdict === verdict).length;
  return [
    `${stack}: ${findings.length} paths: ${count("allowed")} allowed, ${count("denied")} denied, ${count("unknown")} unknown; ${wrong.length} not as they must be`,
    ...(wrong.length === 0 ? [] : ["", "not as they must be", ...wrong.map(problemLine)]),
    ...(["reach", "not reach"] as const).flatMap((must) => [
      "",
      `must ${must}`,
      ...joinRows(toRows(findings.filter((one) => one.must === must))).map(line),
    ]),
  ].join("\n");
}

function line({ what, from, to, ports, verdict, rule }: Row): string {
  return `  ${verdict.padEnd(8)} ${what}: ${from} → ${to} on ${ports}\n           by ${rule}`;
}

/** A path that is not as it must be, with the whole rule. */
export function problemLine({ must, what, flow, answer }: Finding): string {
  const { from, to, port } = flow;
  return `  ${what}: ${from.name} must ${must} ${to.name} on ${port}; got ${answer.verdict} by ${answer.rule}`;
}
