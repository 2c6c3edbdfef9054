/** One thing that is wrong with the arguments of a block or with an environment spec. */
export interface Problem {
  /** Path of the argument, e.g. "zones[1].slot". */
  readonly argument: string;
  /** The given value, as the message shows it. */
  readonly given: string;
  /** Which values are allowed. */
  readonly allowed: string;
  /** What to change. */
  readonly fix: string;
  /** Words that the value may be a misspelling of. Who writes the message adds the nearest one to `fix`. */
  readonly choices?: readonly string[];
}

/** No problem if the condition holds, else the given one. */
export function unless(holds: boolean, problem: Problem): Problem[] {
  return holds ? [] : [problem];
}

/** Puts the path of the enclosing object before each argument. */
export function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, argument: `${path}.${problem.argument}` }));
}

/** Whether a number is whole and within both bounds, which belong to the range. */
export function isWhole(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** A value that must be a whole number within bounds. Leave `most` out if there is no upper bound. */
export function wholeNumberProblems(
  argument: string,
  value: number,
  { least, most }: { readonly least: number; readonly most?: number },
  fix: string,
): Problem[] {
  const allowed =
    most === undefined ? `a whole number, ${least} or more` : `a whole number from ${least} to ${most}`;
  return unless(isWhole(value, least, most), { argument, given: String(value), allowed, fix });
}

/** A value that must be one of a fixed list. */
export function choiceProblems<T extends string | number>(
  argument: string,
  value: T,
  choices: readonly T[],
  fix: string,
): Problem[] {
  const given = typeof value === "string" ? `"${value}"` : String(value);
  const words = typeof value === "string" ? { choices: choices.map(String) } : {};
  return unless(choices.includes(value), { argument, given, allowed: choices.join(", "), fix, ...words });
}

/** The names of a list in a message. */
export function listed(names: readonly string[]): string {
  return names.join(", ") || "none";
}

/** Names that a list holds more than once, each of them once. */
export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, position) => names.indexOf(name) !== position))];
}
