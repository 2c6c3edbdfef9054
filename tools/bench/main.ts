import { cpus } from "node:os";
import { fitTerminal, readCommandLine, runProgram, usageError } from "../command-line/index.ts";
import { startBench } from "./environment.ts";
import { keepLedger } from "./ledger/index.ts";
import {
  measureBacklog,
  measureCommitLatency,
  measureCreates,
  measureHalfOpen,
  measureHeldLoad,
  measureLatency,
  measureLists,
  type Row,
  type Size,
} from "./measures/index.ts";

const usage = "npm run bench [-- [--quick] [--profile FOLDER] [MEASURE ...] | --ledger]";
const options = { quick: {}, ledger: {}, profile: { value: "a folder" } };

/** Sizes of a run. The quick one is done within three minutes on two cores. */
const sizes = {
  quick: { rounds: 1, seconds: 4, events: 20_000, heldSeconds: 10 },
  whole: { rounds: 3, seconds: 10, events: 100_000, heldSeconds: 60 },
} satisfies Record<string, Size>;

const measures = {
  creates: measureCreates,
  "commit-latency": measureCommitLatency,
  lists: measureLists,
  backlog: measureBacklog,
  latency: measureLatency,
  held: measureHeldLoad,
  "half-open": measureHalfOpen,
};

function table(rows: readonly Row[]): string {
  const lines = [
    ["measure", "result", "against"],
    ...rows.map(({ name, result, against }) => [name, result, against]),
  ];
  const widths = [0, 1, 2].map((at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Five minutes of changes under every fault; ends with 1 unless each acknowledged change has one effect, in order. */
async function ledger(): Promise<number> {
  const balance = await keepLedger((line) => process.stdout.write(`[ledger] ${line}\n`));
  for (const [name, count] of Object.entries(balance)) process.stdout.write(`${name.padEnd(12)}  ${count}\n`);
  return balance.lost + balance.doubled + balance.misplaced === 0 ? 0 : 1;
}

async function main(args: readonly string[]): Promise<number | undefined> {
  const { positionals, switches, values, problems } = readCommandLine(args, options);
  const all = [
    ...problems,
    ...positionals
      .filter((given) => !(given in measures))
      .map((given) => `measure: got "${given}"; allowed: ${Object.keys(measures).join(", ")}`),
    ...(switches.has("ledger") && args.length > 1 ? ["--ledger: got more beside it; allowed: nothing"] : []),
  ];
  if (all.length > 0) throw usageError("npm run bench", all, usage);
  if (switches.has("ledger")) return await ledger();
  const size = switches.has("quick") ? sizes.quick : sizes.whole;
  const log = (line: string): void => void process.stdout.write(`[bench] ${line}\n`);
  const bench = await startBench(log, values.profile);
  try {
    const rows: Row[] = [];
    for (const [measured, measure] of Object.entries(measures)) {
      if (positionals.length > 0 && !positionals.includes(measured)) continue;
      const found = await measure(bench, size);
      for (const { name, result, against } of found) log(`${name}: ${result} ${against}`);
      rows.push(...found);
    }
    process.stdout.write(
      `\n${cpus().length} processors, PostgreSQL waits for the disk, three brokers\n\n${fitTerminal(table(rows), process.stdout.columns)}\n`,
    );
  } finally {
    await bench.stop();
  }
  return undefined;
}

await runProgram(main, usage);
