import { type ChildProcess, spawn } from "node:child_process";

export interface GroupOptions {
  /** Only for what hangs: far above the time on a busy machine. */
  readonly timeoutMs: number;
  readonly env: NodeJS.ProcessEnv;
  readonly folder?: string;
}

/** What a command wrote. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command in a process group of its own, and leaves no process of it: not when it ends, not when it takes too long,
 * and not when this process is killed. Tools that start workers do not always end them.
 *
 * @throws Error when the command cannot be started, ends with another code than 0, or takes longer than the limit; the
 *   message has the last line of its error output.
 */
export async function runInGroup(
  command: string,
  args: readonly string[],
  { timeoutMs, env, folder }: GroupOptions,
): Promise<Output> {
  const child = spawn(command, [...args], {
    detached: true, // its own group, whose id is the id of the process
    stdio: ["ignore", "pipe", "pipe"],
    env,
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  const guard = startGuard(child.pid);
  let overdue = false;
  const limit = setTimeout(() => {
    overdue = true;
    killGroup(child);
  }, timeoutMs);
  try {
    const { code, stdout, stderr } = await ending(child);
    if (code === 0) return { stdout, stderr };
    const end = overdue ? `took longer than ${timeoutMs} ms` : `ended with code ${code ?? "none"}`;
    throw new Error(`${command} ${end}: ${stderr.trim().split("\n").at(-1) ?? ""}`, { cause: stderr });
  } finally {
    clearTimeout(limit);
    guard?.kill("SIGKILL");
  }
}

/** Kills the group when this process ends, even by kill -9: its pipe closes then, and no handler of its own would run. */
function startGuard(group: number | undefined): ChildProcess | undefined {
  if (group === undefined) return undefined;
  const script = `trap '' INT TERM HUP; read -r _; kill -s KILL -- "-${group}"`;
  const guard = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  guard.unref();
  return guard;
}

/** Waits for the command and then for its output. A worker that is left holds the output open, so it is killed in between. */
function ending(child: ChildProcess): Promise<Output & { readonly code: number | null }> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout?.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
  const text = (parts: readonly Buffer[]) => Buffer.concat(parts).toString();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => killGroup(child));
    child.once("close", (code) =>
      resolve({ code, stdout: text(chunks.stdout), stderr: text(chunks.stderr) }),
    );
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nobody of the group is left
  }
}
