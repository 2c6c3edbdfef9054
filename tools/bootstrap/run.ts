import { spawnSync } from "node:child_process";
import type { Command, Step } from "./types.ts";

interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `aws` with these arguments and waits for its end. */
export type RunCommand = (args: Command) => CommandResult;

/** Seconds between two questions for an answer that must come. */
export const askEverySeconds = 10;

/**
 * Runs every step whose result does not exist yet, one after another.
 *
 * @throws Error that names the failed step and command, and says that the run can be repeated.
 */
export function runSteps(
  steps: readonly Step[],
  run: RunCommand,
  say: (line: string) => void,
  pause: (seconds: number) => void = sleep,
): void {
  const captured = new Map<string, string>();
  for (const step of steps) {
    const there = exists(step, run, captured);
    if (!there) make(step, run, captured);
    awaitAnswer(step, run, captured, say, pause);
    say(`${there ? "exists " : step.make.length === 0 ? "checked" : "created"}  ${step.title}`);
  }
}

function make(step: Step, run: RunCommand, captured: Map<string, string>): void {
  for (const [index, command] of step.make.entries()) {
    const args = command.map((argument) => fill(argument, captured));
    const result = run(args);
    if (result.status !== 0) {
      throw new Error(
        `npm run bootstrap: ${step.title.trim()}: aws ${args.slice(0, 2).join(" ")} failed: ${result.stderr.trim()}\nCorrect the cause and run the command again; it keeps what exists.`,
      );
    }
    if (index === 0 && step.capture) captured.set(step.capture, result.stdout.trim());
  }
}

/** @throws Error when the answer that the step wants does not come in time. */
function awaitAnswer(
  { title, wanted }: Step,
  run: RunCommand,
  captured: ReadonlyMap<string, string>,
  say: (line: string) => void,
  pause: (seconds: number) => void,
): void {
  if (wanted === undefined) return;
  const question = wanted.question.map((argument) => fill(argument, captured));
  for (let waited = 0; ; waited += askEverySeconds) {
    const result = run(question);
    const answer = (result.status === 0 ? result.stdout : result.stderr).trim();
    if (result.status === 0 && answer === wanted.answer) return;
    if (waited >= wanted.seconds)
      throw new Error(
        `npm run bootstrap: ${title.trim()}: got ${answer || "no answer"}; allowed: ${wanted.answer}; ${wanted.otherwise}`,
      );
    say(`waiting  ${title.trim()}: ${answer || "no answer"} (${waited} s)`);
    pause(askEverySeconds);
  }
}

/** Blocks: nothing else is to be done meanwhile. */
function sleep(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1_000);
}

/** Runs the check of a step, and keeps the id if it answers one. */
function exists(step: Step, run: RunCommand, captured: Map<string, string>): boolean {
  if (!step.check) return false;
  const answer = run(questionOf(step, step.check).map((argument) => fill(argument, captured)));
  if (answer.status !== 0) return false;
  if (step.existsWhen === "prints" && answer.stdout.trim() === "") return false;
  if (step.capture) captured.set(step.capture, answer.stdout.trim());
  return true;
}

/** The check of a step; where later steps need the id of the thing, the answer is the id. */
export function questionOf({ capture }: Step, check: Command): Command {
  return capture ? [...check, "--query", "KeyMetadata.KeyId", "--output", "text"] : check;
}

/** Puts captured ids into an argument. It replaces only known names, so JSON keeps its braces. */
function fill(argument: string, captured: ReadonlyMap<string, string>): string {
  return argument.replaceAll(/\{([a-z-]+)\}/g, (whole, name: string) => captured.get(name) ?? whole);
}

/** The AWS CLI on PATH. */
export const runAws: RunCommand = (args) => {
  const result = spawnSync("aws", [...args], { encoding: "utf8" });
  if (result.error) {
    throw new Error(
      "npm run bootstrap: the AWS CLI is not on PATH. Install version 2, or run without --apply and take the printed script to a machine that has it.",
    );
  }
  return { status: result.status ?? 1, stdout: result.stdout, stderr: result.stderr };
};
