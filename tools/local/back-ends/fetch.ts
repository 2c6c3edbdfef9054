import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findOnPath, type Machine, thisMachine } from "./java.ts";

/** What Maven fetches: the embedded back ends, and the real registry for the contract test. */
export type Fetched = "apicurio" | "kafka";

const megabytes: Readonly<Record<Fetched, number>> = { apicurio: 146, kafka: 70 };
/** A slow line takes minutes for 146 MB; a Maven that hangs longer than this never ends. */
const fetchTimeoutMs = 15 * 60_000;

/** Why something cannot be had, and every way out. */
export class MissingError extends Error {
  override readonly name = "MissingError";
}

/** Caches outlive a run and a checkout; deleting the folder costs one download. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "task-platform");
}

function pomFile(what: Fetched): string {
  return join(import.meta.dirname, "..", "maven", what, "pom.xml");
}

/** Where it lies when it is there; the name follows the project file, so a changed version is fetched anew. */
export function fetchedFolder(what: Fetched, env: NodeJS.ProcessEnv = process.env): string {
  const hash = createHash("sha256")
    .update(readFileSync(pomFile(what)))
    .digest("hex")
    .slice(0, 12);
  return join(cacheFolder(env), `${what}-${hash}`);
}

/** Fetches under way in this process: Redis and Kafka come from one project and start side by side. */
const underWay = new Map<string, Promise<string>>();

/** The folder with the files, fetched by Maven when it is not there. */
export async function fetchFiles(
  what: Fetched,
  log: (line: string) => void,
  machine: Machine = thisMachine,
): Promise<string> {
  const folder = fetchedFolder(what, machine.env);
  if (existsSync(folder)) return folder;
  const fetching = underWay.get(folder) ?? fetchInto(folder, what, log, machine);
  underWay.set(folder, fetching);
  return fetching.finally(() => underWay.delete(folder));
}

async function fetchInto(
  folder: string,
  what: Fetched,
  log: (line: string) => void,
  machine: Machine,
): Promise<string> {
  const maven = findOnPath("mvn", machine.env);
  if (!maven) {
    throw new MissingError(
      `Maven (command mvn) is needed once, to fetch ${what} (${megabytes[what]} MB), and is not on PATH. Install it: apt-get install maven, dnf install maven, or brew install maven.`,
    );
  }
  // Complete or absent: fetched beside its place and moved in one step, so a run that is cut leaves nothing half.
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await runMaven(maven, what, draft, log, machine.env);
    rmSync(join(draft, "build"), { recursive: true, force: true });
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

async function runMaven(
  maven: string,
  what: Fetched,
  target: string,
  log: (line: string) => void,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const started = Date.now();
  const seconds = (): number => Math.round((Date.now() - started) / 1000);
  log(`fetching ${what} by Maven (${megabytes[what]} MB, once) ...`);
  const progress = setInterval(() => log(`still fetching ${what} (${seconds()} s) ...`), 10_000);
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(maven, ["-q", "-B", "-ntp", "-f", pomFile(what), `-Dtarget=${target}`, "package"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: fetchTimeoutMs,
    });
    child.stdout.on("data", (data: Buffer) => output.push(data.toString()));
    child.stderr.on("data", (data: Buffer) => output.push(data.toString()));
    child.once("error", (error) => output.push(error.message));
    child.once("close", resolve);
  });
  clearInterval(progress);
  if (code !== 0) {
    const lines = output.join("").trim().split("\n").slice(0, 8).join("\n");
    throw new MissingError(
      `Maven could not fetch ${what}. Most often its repository cannot be reached: check the network, the proxy and settings.xml, then run again. It said:\n${lines}`,
    );
  }
  log(`${what} fetched in ${seconds()} s`);
}
