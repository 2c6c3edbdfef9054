import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readCommandLine, runProgram, usageError } from "../command-line/index.ts";

const root = join(import.meta.dirname, "..", "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const reportFile = join(root, "node_modules", ".cache", "task-platform", "vitest.json");

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const staticSteps: readonly Step[] = [
  { name: "format and lint", command: bin("biome"), args: ["check", "."] },
  { name: "types", command: bin("tsc"), args: ["-p", "."] },
  { name: "type-aware lint", command: bin("eslint"), args: ["--max-warnings", "0", "."] },
  { name: "unused code and dependencies", command: bin("knip"), args: ["--treat-config-hints-as-errors"] },
];

/** The part of the report of vitest's JSON reporter that is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly meta?: { readonly skipReason?: string };
    }[];
  }[];
}

/** Runs a step with its output on the terminal. */
function passes(step: Step): boolean {
  const started = Date.now();
  process.stdout.write(`\n== ${step.name}\n`);
  const result = spawnSync(step.command, step.args, { cwd: root, stdio: "inherit" });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`== ${step.name}: ${result.status === 0 ? "ok" : "FAILED"} (${seconds} s)\n`);
  return result.status === 0;
}

interface TestRun {
  readonly report: Report;
  /** Whether the runner exits with 0. It also fails for an error outside of every test, which no count shows. */
  readonly passed: boolean;
}

function runVitest(patterns: readonly string[]): TestRun | undefined {
  mkdirSync(join(reportFile, ".."), { recursive: true });
  rmSync(reportFile, { force: true }); // otherwise a runner that dies is judged by the report of an earlier run
  process.stdout.write("\n== tests\n");
  const result = spawnSync(
    bin("vitest"),
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`, ...patterns],
    { cwd: root, stdio: "inherit" },
  );
  if (!existsSync(reportFile)) return undefined;
  const report = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  return { report, passed: result.status === 0 };
}

const usage = "npm test -- [--static] [file patterns]";

function main(args: readonly string[]): number {
  const { positionals: patterns, switches, problems } = readCommandLine(args, { static: {} });
  if (problems.length > 0) throw usageError("npm test", problems, usage);
  const staticOnly = switches.has("static");
  const failedSteps = patterns.length > 0 ? 0 : staticSteps.filter((step) => !passes(step)).length;
  const passedSteps = patterns.length > 0 ? 0 : staticSteps.length - failedSteps;
  if (staticOnly) {
    process.stdout.write(`\n${passedSteps} passed, ${failedSteps} failed, 0 skipped\n`);
    return failedSteps === 0 ? 0 : 1;
  }
  const run = runVitest(patterns);
  if (!run) {
    process.stderr.write("the test runner stopped before it wrote its report\n");
    process.stdout.write(`${passedSteps} passed, ${failedSteps + 1} failed, 0 skipped\n`);
    return 1;
  }
  return summarize(run, passedSteps, failedSteps);
}

/** Prints each skipped test with its reason; the last line is the count. */
function summarize({ report, passed }: TestRun, passedSteps: number, failedSteps: number): number {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  for (const file of brokenFiles) process.stdout.write(`FAILED to run ${file.name}: ${file.message}\n`);
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status !== "skipped" && test.status !== "pending") continue;
      process.stdout.write(`skipped: ${test.fullName}: ${test.meta?.skipReason ?? "no reason given"}\n`);
    }
  }
  const failedTests = report.numFailedTests + brokenFiles.length;
  const outside = failedTests === 0 && !passed ? 1 : 0;
  if (outside > 0) process.stdout.write("FAILED outside of a test: the runner's message is above\n");
  const failed = failedTests + outside + failedSteps;
  process.stdout.write(
    `\n${report.numPassedTests + passedSteps} passed, ${failed} failed, ${report.numPendingTests} skipped\n`,
  );
  return failed === 0 && report.numPassedTests > 0 ? 0 : 1;
}

await runProgram(main, usage);
