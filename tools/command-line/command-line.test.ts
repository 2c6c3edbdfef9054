import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fitTerminal, readCommandLine, usageError } from "./index.ts";

const specs = { help: { short: "h" }, port: { value: "a port" }, out: { value: "a path" } };

test("positionals, switches and values are read in every form that parseArgs knows", () => {
  expect(readCommandLine(["dev", "-h", "--port", "80", "--out=here"], specs)).toEqual({
    positionals: ["dev"],
    switches: new Set(["help"]),
    values: { port: "80", out: "here" },
    problems: [],
  });
});

test("every problem is named at once, with what was given and what is allowed", () => {
  const { problems, values } = readCommandLine(["--prot", "--help=yes", "--port=", "--out", "--help"], specs);
  expect(problems).toEqual([
    "option --prot: unknown; allowed: --help, --port, --out",
    '--help: got "yes"; allowed: no value',
    "--port: got no value; allowed: a port",
    "--out: got no value; allowed: a path",
  ]);
  expect(values).toEqual({});
});

test("an option named like a member of every object is unknown", () => {
  expect(readCommandLine(["--constructor"], specs).problems).toHaveLength(1);
});

test("the message of a wrong call is one line per problem and the usage", () => {
  expect(usageError("npm run x", ["one", "two"], "npm run x -- <y>").message).toBe(
    "npm run x:\n  - one\n  - two\nusage: npm run x -- <y>",
  );
});

const root = join(import.meta.dirname, "..", "..");

/** Runs a program with this body of `main` in a shell. */
function runIn(shell: string, body: string) {
  const program = `import { runProgram, usageError } from "./tools/command-line/index.ts"; await runProgram(${body}, "the usage");`;
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `set -o pipefail; ${shell}`, process.execPath, program],
    { cwd: root, encoding: "utf8", timeout: 60_000 },
  );
  return { status, stdout, stderr };
}

const run = '"$0" --input-type=module-typescript --eval "$1"';

test("a program whose reader has gone ends in order, without a stack", () => {
  const endless = '() => { setInterval(() => process.stdout.write("x".repeat(100_000)), 1); }';
  expect(runIn(`${run} | head -c 10 > /dev/null`, endless)).toEqual({ status: 0, stdout: "", stderr: "" });
});

test.each([
  ["() => undefined", 0, ""],
  ["async () => 3", 3, ""],
  ['() => { throw new Error("what is wrong"); }', 1, "what is wrong\n"],
  ['() => { throw usageError("x", ["one"], "y"); }', 2, "x:\n  - one\nusage: y\n"],
])("the program %s ends with %i, and an error is told without a stack", (body, status, stderr) => {
  expect(runIn(run, body)).toEqual({ status, stdout: "", stderr });
});

test.each(["--help", "-h"])("%s prints the usage and ends with 0, whatever else is given", (help) => {
  const shell = `${run} dev ${help}`;
  expect(runIn(shell, "() => 3")).toEqual({ status: 0, stdout: "usage: the usage\n", stderr: "" });
});

test("a line that is too long for the terminal goes on below its last cell, and words stay whole", () => {
  const lines = [
    "short",
    "  service      12  one two three four five",
    "a-word-that-is-longer-than-the-terminal-is",
    "  page         see a-word-that-is-longer-than-the-rest-is",
  ];
  expect(fitTerminal(lines.join("\n"), 40).split("\n")).toEqual([
    "short",
    "  service      12  one two three four",
    `${" ".repeat(19)}five`,
    "a-word-that-is-longer-than-the-terminal-is",
    "  page         see",
    `${" ".repeat(15)}a-word-that-is-longer-than-the-rest-is`,
  ]);
});

test("without a terminal every line stays whole", () => {
  const line = "word ".repeat(100);
  expect(fitTerminal(line, undefined)).toBe(line);
});
