import { type Child, describeExit } from "../processes/index.ts";
import type { Part } from "./types.ts";

export function toPart(child: Child): Part {
  return {
    name: child.name,
    pid: child.pid,
    running: () => child.running(),
    kill: () => process.kill(child.pid, "SIGKILL"),
  };
}

/** Resolves with the reason when the only process of a part has ended. */
export async function failureOf(child: Child): Promise<string> {
  const exit = await child.exited;
  return `${child.name} ${describeExit(exit)}. Its last lines:\n${child.lastLines(5)}`;
}
