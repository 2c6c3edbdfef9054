import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { onTestFinished } from "vitest";
import { freePorts } from "../../tools/local/processes/index.ts";
import { folderOf } from "../../tools/local/start/index.ts";
import { eventually } from "../support/eventually.ts";

const root = join(import.meta.dirname, "..", "..");
/** It needs 10 s on an idle machine with two cores. The rest is for a busy machine. */
const readyWithinMs = 120_000;

/** One process of a run, from the lock file of the run. */
export interface RunProcess {
  readonly name: string;
  readonly pid: number;
}

/** `npm start` as a child process, without npm. */
export class Starter {
  readonly port: number;
  readonly folder: string;
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;
  #output = "";

  private constructor(port: number, args: readonly string[]) {
    this.port = port;
    this.folder = folderOf(port);
    this.#process = spawn(process.execPath, ["tools/local/main.ts", "--port", String(port), ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (data: Buffer) => {
        this.#output += stripVTControlCharacters(data.toString());
      });
    }
    this.exited = new Promise((resolve) => this.#process.once("exit", resolve));
  }

  /** Starts a run on a free port and stops it at the end of the test. */
  static async start(args: readonly string[] = [], wantedPort?: number): Promise<Starter> {
    const port = wantedPort ?? (await freePorts(1))[0] ?? 0;
    const starter = new Starter(port, args);
    onTestFinished(async () => {
      starter.#process.kill("SIGTERM");
      await starter.exited;
    });
    return starter;
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits until the output contains the text. Fails with the whole output if the run ends first or takes too long. */
  async says(text: string, withinMs = readyWithinMs): Promise<void> {
    let ended = false;
    void this.exited.then(() => {
      ended = true;
    });
    try {
      await eventually(() => this.#output.includes(text) || ended, text, withinMs);
    } catch (error) {
      throw new Error(`${(error as Error).message}; its output:\n${this.#output}`);
    }
    if (!this.#output.includes(text))
      throw new Error(`the run ended without the output "${text}":\n${this.#output}`);
  }

  async ready(): Promise<void> {
    await this.says("Ctrl-C stops everything");
  }

  /** The child processes of the run. */
  processes(): RunProcess[] {
    const file = join(this.folder, "lock.json");
    return existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as { children: RunProcess[] }).children
      : [];
  }

  /** Process id of a part, for tests that kill it. */
  pidOf(name: string): number {
    const found = this.processes().find((each) => each.name === name);
    if (!found) throw new Error(`no process ${name} among ${JSON.stringify(this.processes())}`);
    return found.pid;
  }

  /** The text after a label in the list of addresses. */
  address(label: string): string {
    const line = this.#output
      .split("\n")
      .find((each) => each.trimStart().startsWith(`${label}  `) || each.startsWith(label));
    return line?.trim().slice(label.length).trim() ?? "";
  }
}
