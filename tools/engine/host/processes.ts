import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** The children of a host. It ends them all when it stops. */
export class Processes {
  readonly #running = new Set<ChildProcess>();

  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, options);
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return child;
  }

  stop(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }
}
