import { askEverySeconds, questionOf } from "./run.ts";
import type { Command, Step, Wanted } from "./types.ts";

/**
 * The steps as a script for a POSIX shell, to be read before anything is created. It does what `runSteps` does: it keeps what
 * exists, and ends at the first command that fails.
 */
export function printSteps(steps: readonly Step[]): string {
  const captured = new Set(steps.flatMap(({ capture }) => capture ?? []));
  const shell = (command: Command): string => `aws ${command.map((one) => quote(one, captured)).join(" ")}`;
  return [
    "set -eu",
    "",
    ...steps.flatMap((step) => [
      `# ${step.title.trim()}`,
      ...linesOf(step, shell),
      ...(step.wanted === undefined ? [] : waitFor(step.wanted, shell)),
      "",
    ]),
  ].join("\n");
}

function linesOf(step: Step, shell: (command: Command) => string): readonly string[] {
  const { capture, check, existsWhen } = step;
  const [first = "", ...more] = step.make.map(shell);
  if (step.make.length === 0) return [];
  const make = [capture === undefined ? first : `${variable(capture)}=$(${first})`, ...more];
  if (check === undefined) return make;
  const question = shell(questionOf(step, check));
  const test = (): string => {
    if (capture !== undefined) return `! ${variable(capture)}=$(${question} 2>/dev/null)`;
    if (existsWhen === "prints") return `[ -z "$(${question} 2>/dev/null)" ]`;
    return `! ${question} >/dev/null 2>&1`;
  };
  return [`if ${test()}; then`, ...make.map((line) => `  ${line}`), "fi"];
}

function waitFor({ question, answer, seconds, otherwise }: Wanted, shell: (command: Command) => string) {
  return [
    "waited=0",
    `until [ "$(${shell(question)})" = ${answer} ]; do`,
    `  if [ $waited -ge ${seconds} ]; then echo ${quote(otherwise, new Set())} >&2; exit 1; fi`,
    `  waited=$((waited + ${askEverySeconds})); sleep ${askEverySeconds}`,
    "done",
  ];
}

/** A captured id as a variable of the shell: `key-state` becomes `key_state`. */
function variable(name: string): string {
  return name.replaceAll("-", "_");
}

/** One word of a command. An id that an earlier command printed is the variable of it; JSON keeps its braces. */
function quote(argument: string, captured: ReadonlySet<string>): string {
  const name = /^\{([a-z-]+)\}$/.exec(argument)?.[1];
  if (name !== undefined && captured.has(name)) return `"$${variable(name)}"`;
  if (/^[A-Za-z0-9_./:=,-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
