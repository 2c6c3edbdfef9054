import { runProgram } from "../command-line/index.ts";
import { parseOptions, run, usage } from "./start/index.ts";

function log(line: string): void {
  process.stdout.write(`[start] ${line.replaceAll("\n", "\n        ")}\n`);
}

/** The first signal stops everything in order. The second one exits at once, and the reaper kills the processes that are left. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}

async function main(args: readonly string[]): Promise<undefined> {
  const options = parseOptions(args);
  // A plan that is under way when the run ends would keep the process for seconds.
  process.exit(await run(options, stopOnSignals(), log));
}

await runProgram(main, usage);
