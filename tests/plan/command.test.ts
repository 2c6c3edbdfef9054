import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../tools/plan/index.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-command-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function plan(...args: readonly string[]) {
  const command = join(repositoryRoot, "tools", "plan", "main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: repositoryRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

test("The printed JSON is the written JSON", () => {
  const out = join(folder, "printed.json");
  const { status, stdout, stderr } = plan("prod", "--json", "--out", out);
  expect([status, stderr]).toEqual([0, ""]);
  expect(readFileSync(out, "utf8")).toBe(stdout);
  expect(Object.keys(JSON.parse(stdout) as object)).toContain("steps");
});

test("Without options it prints counts, protected resources, outputs, problems of a deployment, and the path of the JSON", () => {
  const out = join(folder, "prod.json");
  const { status, stdout } = plan("prod", "--out", out);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^prod \(resolved\): \d+ resources in \d+ components\n/);
  for (const part of ["\nprotected: ", "\noutputs:\n", "\na deployment refuses:\n", `\nwritten: ${out}\n`])
    expect(stdout).toContain(part);
});

test("The printed inventory is the golden file", () => {
  const { stdout } = plan("dev", "--inventory", "--out", join(folder, "dev.json"));
  expect(stdout).toBe(readFileSync(join(repositoryRoot, "tests", "goldens", "dev.inventory.txt"), "utf8"));
});

test("In preview mode outputs of providers are unknown", () => {
  const { status, stdout } = plan(
    "dev",
    "--mode",
    "preview",
    "--json",
    "--out",
    join(folder, "preview.json"),
  );
  expect(status).toBe(0);
  expect(stdout).toContain("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
});

const usage =
  "usage: npm run plan -- <environment> [--mode preview|resolved] [--json | --inventory | --reachability] [--out FILE]";

test.each<[string, readonly string[], readonly string[]]>([
  ["no environment", [], ["environment: got none; allowed: dev, dr, prod, staging"]],
  [
    "an unknown environment",
    ["prd"],
    [
      'environment: got "prd"; allowed: dev, dr, prod, staging; Pulumi.prd.yaml is missing: did you mean "prod"?',
    ],
  ],
  [
    "everything wrong at once",
    ["dev", "prod", "--jsn", "--mode", "fast", "--json", "--inventory", "--out"],
    [
      "environment: got 2 (dev, prod); allowed: one",
      "option --jsn: unknown; allowed: --mode, --json, --inventory, --reachability, --out",
      "--out: got no value; allowed: a path",
      '--mode: got "fast"; allowed: preview, resolved',
      "--json, --inventory: got 2; allowed: one of them",
    ],
  ],
  [
    "reachability of a preview",
    ["dev", "--reachability", "--mode", "preview"],
    ["--reachability: got --mode preview; allowed: resolved"],
  ],
])("With %s it exits with 2 and says what is allowed", (_case, args, problems) => {
  const { status, stdout, stderr } = plan(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(`npm run plan:\n${problems.map((problem) => `  - ${problem}\n`).join("")}${usage}\n`);
});
