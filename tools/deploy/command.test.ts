import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { pulumiArguments, readInvocation } from "./index.ts";

const environments = ["dev", "prod"];
const script = join(import.meta.dirname, "main.ts");

test("The action runs on the stack of the environment, with the policy pack and every flag as it was given", () => {
  const invocation = readInvocation(["up", "prod", "--diff", "--message=fix it", "-y", "-m=s"], environments);
  expect(pulumiArguments(invocation)).toEqual([
    ...["up", "--stack", "prod", "--policy-pack", "policies"],
    ...["--diff", "--message=fix it", "-y", "-m=s"],
  ]);
});

test.each([
  [[], ["action: got nothing; allowed: preview, up", "environment: got nothing; allowed: dev, prod"]],
  [
    ["refresh", "prodd"],
    ['action: got "refresh"; allowed: preview, up', 'environment: got "prodd"; allowed: dev, prod'],
  ],
  [["up", "dev", "prod"], ['argument: got "prod"; allowed: one environment']],
  [["up", "dev", "--message", "fix"], ['argument: got "fix"; allowed: one environment']],
  [["up", "dev", "--stack=prod"], ["--stack: got a stack"]],
  [["up", "dev", "-s=prod"], ["--stack: got a stack"]],
])("The arguments %j are refused with every problem", (args, problems) => {
  for (const problem of problems) expect(() => readInvocation(args, environments)).toThrow(problem);
});

/** Runs the script with a PATH of one folder. */
function run(path: string) {
  return spawnSync(process.execPath, [script, "preview", "dev"], {
    encoding: "utf8",
    env: { PATH: path },
  });
}

test("Without the Pulumi CLI the message says what to install and what works without it", () => {
  const folder = mkdtempSync(join(tmpdir(), "deploy-"));
  const result = run(folder);
  rmSync(folder, { recursive: true });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain("the Pulumi CLI is not on PATH");
  expect(result.stderr).toContain("npm run plan -- dev");
});

test("The CLI runs in the root with the project's Node first on PATH, and its exit code is returned", {
  timeout: 300_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "deploy-"));
  const cli = join(folder, "pulumi");
  writeFileSync(cli, `#!/bin/sh\necho "$PATH|$PWD|$*"\nexit 7\n`);
  chmodSync(cli, 0o755);
  const result = run(folder);
  rmSync(folder, { recursive: true });
  const [path = "", cwd = "", args] = result.stdout.trim().split("|");
  expect(result.status).toBe(7);
  expect(path.split(":")[0]).toBe(dirname(process.execPath));
  expect(cwd).toBe(join(import.meta.dirname, "..", ".."));
  expect(args).toBe("preview --stack dev --policy-pack policies");
});
