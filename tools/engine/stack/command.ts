import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Events, readEvents } from "./events.ts";

/** A run of the CLI. */
export interface CliRun extends Events {
  readonly exitCode: number | null;
  /** Standard output and standard error, in the order of arrival. */
  readonly output: string;
  readonly seconds: number;
}

/** A run of prod takes half a minute on two free cores. A CLI that runs longer than this hangs. */
const deadlineMs = 10 * 60_000;

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Runs a command without a terminal, and ends it when it hangs. */
export async function run({
  command,
  args,
  folder,
  variables,
}: Command): Promise<Omit<CliRun, keyof Events>> {
  const started = Date.now();
  const parts: string[] = [];
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: { ...inherited(), ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: deadlineMs,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => parts.push(data.toString()));
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, output: parts.join(""), seconds: (Date.now() - started) / 1000 };
}

/** Runs a command on the terminal of this process, and returns its exit code. */
export function runOnTerminal({ command, args, folder, variables }: Command): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: { ...inherited(), ...variables },
      stdio: "inherit",
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Runs an operation of the CLI, or a command that runs one, and reads what the engine reports. */
export async function runOperation(given: Command): Promise<CliRun> {
  const scratch = mkdtempSync(join(tmpdir(), "task-platform-events-"));
  const log = join(scratch, "events.jsonl");
  const variables = {
    ...given.variables,
    PULUMI_OPTION_COLOR: "never",
    PULUMI_OPTION_EVENT_LOG: log,
    // The event log is one of the flags for debugging.
    PULUMI_DEBUG_COMMANDS: "true",
  };
  try {
    const done = await run({ ...given, variables });
    return { ...done, ...readEvents(log) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The environment of this process without what could reach another Pulumi, AWS or cluster. */
function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(?:PULUMI_|AWS_|KUBE|NODE_OPTIONS$|VITEST|npm_config_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Reads a JSON file that the CLI wrote. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
