// Called by the set-up, `node tools/render/install-checkov.ts`: installs Checkov in the cache. When that fails, its test is skipped.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../plan/index.ts";
import { checkovFolder, checkovVersion } from "./checkov.ts";

/** A cold install takes two and a half minutes on two cores. */
const installTimeoutMs = 8 * 60_000;

function say(line: string): void {
  process.stdout.write(`[set-up] ${line}\n`);
}

/** Runs a command; returns the last line of its error output when it fails. */
function failureOf(command: string, args: readonly string[]): string | undefined {
  const result = spawnSync(command, [...args], { encoding: "utf8", timeout: installTimeoutMs });
  if (result.status === 0) return undefined;
  const said = (result.stderr ?? "").trim().split("\n").at(-1) ?? "";
  return said || result.error?.message || `${command} ended with ${String(result.status)}`;
}

function install(folder: string): string | undefined {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  return (
    failureOf("python3", ["-m", "venv", folder]) ??
    failureOf(join(folder, "bin", "python"), [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      `checkov==${checkovVersion}`,
    ])
  );
}

const folder = checkovFolder(join(repositoryRoot, "node_modules", ".cache", "task-platform"));
// Written last, so that an interrupted install starts again.
const stamp = join(folder, "installed");
if (!existsSync(stamp)) {
  say(`installing Checkov ${checkovVersion} (two to three minutes the first time) ...`);
  const failure = install(folder);
  if (failure === undefined) writeFileSync(stamp, checkovVersion);
  else {
    rmSync(folder, { recursive: true, force: true });
    say(`Checkov cannot be installed, so its test will be skipped: ${failure}`);
  }
}
