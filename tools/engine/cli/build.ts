import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { builtCli, builtVersion, goVersion, isOlder, oldestGo } from "./find.ts";

/** On two cores a build takes 5 minutes, and 15 on busy ones. One that takes longer hangs. */
const buildTimeoutMs = 40 * 60_000;

/** The CLI with only its main package named, so Go compiles nothing else. */
const mainPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** Whether this machine can build the CLI; else the reason. */
export function cannotBuild(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const version = goVersion(env);
  if (version === undefined) return "there is no Go on PATH";
  return isOlder(version, oldestGo) ? `Go is ${version}, and the CLI needs ${oldestGo}` : undefined;
}

/**
 * Builds the unmodified CLI from its Go module and puts the program into the cache. It needs 3 GB of disk in the caches of Go.
 *
 * @throws Error with the last lines of Go when it fails.
 */
export async function buildCli(
  log: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const target = builtCli(env);
  // Built in another folder and moved in one step, so that an interrupted build leaves no half program.
  const draft = `${dirname(target)}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, "module"), draft, { recursive: true });
  try {
    await runGo(draft, log, env);
    mkdirSync(dirname(target), { recursive: true });
    if (!existsSync(target)) renameSync(join(draft, "pulumi"), target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function runGo(folder: string, log: (line: string) => void, env: NodeJS.ProcessEnv): Promise<void> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  log(
    `building the Pulumi CLI ${builtVersion} with Go for the tests of the engine (once, about 5 minutes) ...`,
  );
  const progress = setInterval(() => log(`still building the Pulumi CLI (${seconds()} s) ...`), 20_000);
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${builtVersion}`;
  const flags = ["-mod=mod", "-trimpath", "-ldflags", `-s -w ${version}`];
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn("go", ["build", ...flags, "-o", "pulumi", mainPackage], {
      cwd: folder,
      env: { ...env, GOFLAGS: "", GOTOOLCHAIN: "local" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: buildTimeoutMs,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => output.push(data.toString()));
    child.once("error", (error) => output.push(error.message));
    child.once("close", resolve);
  });
  clearInterval(progress);
  if (code !== 0) {
    const lines = output.join("").trim().split("\n").slice(-6).join("\n");
    throw new Error(
      `Go could not build the Pulumi CLI. The usual cause is that the module proxy cannot be reached: check the network and the setting GOPROXY, then run again. Output of Go:\n${lines}`,
    );
  }
  log(`Pulumi CLI ${builtVersion} built in ${seconds()} s`);
}
