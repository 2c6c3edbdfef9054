import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Catcher, Mutation } from "./mutation.ts";
import { createWorkspace, root, type Workspace } from "./workspace.ts";

/** What became of the named test, in the sources as they are and with the mutation in them. */
export interface Outcome {
  /** Why the mutation could not be put in; "" where it could. */
  readonly refusal: string;
  readonly sound: TestResult;
  readonly broken: TestResult;
}

export interface TestResult {
  /** "absent": there is no test of this name, or its file could not be loaded. */
  readonly status: "passed" | "failed" | "absent";
  /** First lines of every failure; "" where there is none. */
  readonly message: string;
}

/** Long enough for all of them on a machine that does other things too; a test that hangs is stopped before. */
const limitMs = 840_000;

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs the named test of each mutation, with it and without. One runner and two processes for all: most of a single
 * run would be the start of the runner and the load of the SDKs, which are the same for every mutation.
 */
export async function runMutations(mutations: readonly Mutation[]): Promise<readonly Outcome[]> {
  const workspace = createWorkspace();
  try {
    const sound = workspace.plant("sound");
    const planted = mutations.map((mutation, at) => plantOne(workspace, mutation, at));
    const wanted = new Map<string, Set<string>>();
    for (const { caughtBy, tree } of planted) {
      for (const folder of [sound, tree]) {
        const file = join(folder, caughtBy.file);
        wanted.set(file, (wanted.get(file) ?? new Set()).add(caughtBy.test));
      }
    }
    const report = await runTests(workspace, wanted);
    return planted.map(({ caughtBy, refusal, tree }) => ({
      refusal,
      sound: resultOf(report, sound, caughtBy),
      broken: resultOf(report, tree, caughtBy),
    }));
  } finally {
    workspace.remove();
  }
}

/** A line that has moved on must fail its own mutation, not all of them. */
function plantOne(workspace: Workspace, mutation: Mutation, at: number) {
  const { caughtBy } = mutation;
  try {
    return { caughtBy, refusal: "", tree: workspace.plant(`m${String(at).padStart(3, "0")}`, mutation) };
  } catch (error) {
    const refusal = error instanceof Error ? error.message : String(error);
    return { caughtBy, refusal, tree: join(workspace.folder, "none") };
  }
}

/** Runs in each file the tests that are wanted of it; most files are there many times, for one test each. */
async function runTests(
  { folder }: Workspace,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Report> {
  const reportFile = join(folder, "report.json");
  const setupFile = join(folder, "setup.mjs");
  const names = Object.fromEntries([...wanted].map(([file, tests]) => [file, [...tests]]));
  writeFileSync(
    setupFile,
    `import { beforeEach } from "vitest";
const names = ${JSON.stringify(names)};
beforeEach(({ task, skip }) => skip(!names[task.file.filepath]?.includes(task.name)));
`,
  );
  writeFileSync(
    join(folder, "vitest.config.mjs"),
    `export default ${JSON.stringify({
      cacheDir: join(folder, "cache"),
      test: {
        include: [...wanted.keys()].map((file) => relative(folder, file)),
        setupFiles: [setupFile],
        pool: "forks",
        maxWorkers: 2,
        // The SDKs stay loaded from file to file; modules of a tree are its own, because their paths are.
        isolate: false,
        reporters: ["json"],
        outputFile: reportFile,
        testTimeout: 60_000,
        hookTimeout: 60_000,
      },
    })};\n`,
  );
  const output = await runVitest(folder);
  if (!existsSync(reportFile)) throw new Error(`the runner stopped before it wrote its report:\n${output}`);
  return JSON.parse(readFileSync(reportFile, "utf8")) as Report;
}

/** Its exit code is not read: that tests fail is what is asked for. */
function runVitest(folder: string): Promise<string> {
  // What the runner around us says to its own processes is not for this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
  const child = spawn(
    process.execPath,
    [join(root, "node_modules", "vitest", "vitest.mjs"), "run", "--root", folder],
    { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], timeout: limitMs },
  );
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(output.join("").slice(-4000)));
  });
}

function resultOf(report: Report, tree: string, { file, test }: Catcher): TestResult {
  const suite = report.testResults.find(({ name }) => name === join(tree, file));
  const result = suite?.assertionResults.find(({ fullName }) => fullName === test);
  const message = (result?.failureMessages ?? [suite?.message ?? ""]).join("\n").slice(0, 1500);
  if (result?.status === "passed") return { status: "passed", message: "" };
  return { status: result?.status === "failed" ? "failed" : "absent", message };
}

/** Failures that say nothing of what was broken: the mutation is no program any more, or the test never ended. */
const accidents =
  /^(?:SyntaxError|ReferenceError|TypeError|RangeError)\b|timed out in|Cannot find (?:module|package)|Transform failed/m;

/** What is wrong with the outcome of a mutation; undefined where the named test has caught it. */
export function complaint({ refusal, sound, broken }: Outcome): string | undefined {
  if (refusal !== "") return refusal;
  if (sound.status !== "passed") return `the test is ${sound.status} without the mutation: ${sound.message}`;
  if (broken.status === "passed") return "it survived: the test passes with it";
  if (broken.status === "absent") return `the test did not run with it: ${broken.message}`;
  if (accidents.test(broken.message)) return `the test failed by accident: ${broken.message}`;
  return undefined;
}
