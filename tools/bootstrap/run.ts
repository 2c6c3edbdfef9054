import { spawnSync } from "node:child_process";
import type { Step } from "./steps.ts";

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `aws` with arguments and waits for it. */
export type RunCommand = (args: readonly string[]) => CommandResult;

/**
 * Runs every step that is not done yet, one after another.
 *
 * @throws Error that names the step and the command that failed, and what is safe to do.
 */
export function runSteps(steps: readonly Step[], run: RunCommand, say: (line: string) => void): void {
  const captured = new Map<string, string>();
  for (const step of steps) {
    if (isThere(step, run, captured)) {
      say(`there   ${step.title}`);
      continue;
    }
    for (const [index, command] of step.make.entries()) {
      const args = command.map((argument) => fill(argument, captured));
      const result = run(args);
      if (result.status !== 0) {
        throw new Error(
          `${step.title.trim()}: aws ${args.slice(0, 2).join(" ")} failed: ${result.stderr.trim()}; correct the cause and run it again, what is there is kept`,
        );
      }
      if (index === 0 && step.capture) captured.set(step.capture, result.stdout.trim());
    }
    say(`made    ${step.title}`);
  }
}

/** Asks for it; where later steps need its id, the answer is read too. */
function isThere(step: Step, run: RunCommand, captured: Map<string, string>): boolean {
  if (!step.check) return false;
  const question = step.capture
    ? [...step.check, "--query", "KeyMetadata.KeyId", "--output", "text"]
    : step.check;
  const answer = run(question.map((argument) => fill(argument, captured)));
  if (answer.status !== 0) return false;
  if (step.capture) captured.set(step.capture, answer.stdout.trim());
  return true;
}

/** Puts captured ids into an argument; JSON keeps its braces, because only known names are replaced. */
function fill(argument: string, captured: ReadonlyMap<string, string>): string {
  return argument.replaceAll(/\{([a-z-]+)\}/g, (whole, name: string) => captured.get(name) ?? whole);
}

/** The steps as a shell would run them, for who wants to read before anything happens. */
export function printSteps(steps: readonly Step[]): string {
  return steps
    .flatMap((step) => [
      `# ${step.title.trim()}${step.check ? " (unless it is there)" : ""}`,
      ...step.make.map((command) => `aws ${command.map(quote).join(" ")}`),
      "",
    ])
    .join("\n");
}

function quote(argument: string): string {
  return /^[A-Za-z0-9_./:=,{}-]+$/.test(argument) ? argument : `'${argument}'`;
}

/** The AWS CLI on PATH. */
export const runAws: RunCommand = (args) => {
  const result = spawnSync("aws", [...args], { encoding: "utf8" });
  if (result.error) {
    throw new Error("the AWS CLI is not on PATH: install version 2, or copy the commands that --print shows");
  }
  return { status: result.status ?? 1, stdout: result.stdout, stderr: result.stderr };
};
