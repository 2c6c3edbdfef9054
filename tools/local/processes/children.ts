import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Lock } from "./lock.ts";
import { type Reaper, startReaper } from "./reaper.ts";
import type { KillSignal } from "./signals.ts";

/** How a child process is started. */
export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** User and group to run as; only root can set them. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Text of its command line. A later run recognises the process by it. */
  readonly mark: string;
  /** Signal that ends it at once. @default "KILL" */
  readonly killSignal?: KillSignal;
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of this run. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  running(): boolean;
  /** Sends the signal, and KILL if the process still runs after the grace period. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<Exit>;
  /** The last lines of its output, for a message about its end. */
  lastLines(count: number): string;
}

/** The processes of one run. They end with the run, even when the run is killed. */
export class Children {
  readonly #lock: Lock;
  readonly #reaper: Reaper;
  readonly #logs: string;
  #living: readonly Child[] = [];

  constructor(lock: Lock) {
    this.#lock = lock;
    this.#reaper = startReaper();
    this.#reaper.removeFolder(lock.folder);
    this.#logs = join(lock.folder, "logs");
    mkdirSync(this.#logs, { recursive: true });
  }

  /** Starts a process in its own process group, so that Ctrl-C reaches only this process, which then stops it in order. */
  start(spec: ChildSpec): Child {
    if (this.#released) throw new Error(`${spec.name} is not started: the run ends`);
    const logFile = join(this.#logs, `${spec.name}.log`);
    const log = openSync(logFile, "a");
    const started = spawn(spec.command, [...spec.args], {
      detached: true,
      stdio: ["ignore", log, log],
      ...(spec.env && { env: spec.env }),
      ...(spec.folder && { cwd: spec.folder }),
      ...spec.user,
    });
    closeSync(log);
    const child = toChild(spec, started, logFile);
    if (started.pid === undefined) return child;
    this.#reaper.watch(started.pid, spec.killSignal ?? "KILL");
    this.#lock.record({ pid: started.pid, name: spec.name, mark: spec.mark });
    this.#living = [...this.#living, child];
    void child.exited.then(() => this.#forget(child));
    return child;
  }

  #forget(child: Child): void {
    this.#living = this.#living.filter((other) => other !== child);
    this.#reaper.forget(child.pid);
    if (!this.#released) this.#lock.forget(child.pid);
  }

  #released = false;
  #releasing: Promise<void> | undefined;

  /** Kills the processes that still run and deletes the folder. */
  release(): Promise<void> {
    this.#releasing ??= this.#release();
    return this.#releasing;
  }

  async #release(): Promise<void> {
    const living = this.#living;
    this.#released = true;
    await this.#reaper.release();
    await Promise.all(living.map((child) => child.exited));
    this.#lock.release();
  }
}

function toChild(spec: ChildSpec, started: ChildProcess, logFile: string): Child {
  let exit: Exit | undefined;
  let failure = "";
  const exited = new Promise<Exit>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      exit ??= { code, signal };
      resolve(exit);
    };
    started.once("error", (error) => {
      failure = error.message; // the program is missing or may not be run
      if (started.pid === undefined) end(null, null);
    });
    started.once("exit", end);
  });
  return {
    name: spec.name,
    pid: started.pid ?? 0,
    logFile,
    exited,
    running: () => exit === undefined,
    async stop(signal, graceMs) {
      if (exit) return exit;
      started.kill(signal);
      const overdue = setTimeout(() => started.kill("SIGKILL"), graceMs);
      const result = await exited;
      clearTimeout(overdue);
      return result;
    },
    lastLines: (count) => {
      const lines = existsSync(logFile) ? readFileSync(logFile, "utf8").trimEnd().split("\n") : [];
      // Stack frames inside Node would push the message of an error out of the few lines.
      const useful = lines.filter((line) => !/^\s+at .*node:internal/.test(line));
      return [...useful, ...(failure ? [failure] : [])].slice(-count).join("\n");
    },
  };
}

/** "ended with code 1", "was ended by SIGKILL". */
export function describeExit(exit: Exit): string {
  return exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code ?? "unknown"}`;
}
