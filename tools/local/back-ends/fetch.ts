import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../cache/index.ts";
import { findOnPath, type Machine, thisMachine } from "./java.ts";

/** What Maven downloads: the embedded back ends, and the real schema registry for the contract test. */
export type Fetched = "apicurio" | "kafka";

const megabytes: Readonly<Record<Fetched, number>> = { apicurio: 146, kafka: 70 };
/** 146 MB take minutes on a slow line. A Maven that runs longer than this hangs. */
const fetchTimeoutMs = 15 * 60_000;

/** Something is missing on this machine. The message names every way to get it. */
export class MissingError extends Error {
  override readonly name = "MissingError";
}

function pomFile(what: Fetched): string {
  return join(import.meta.dirname, "..", "maven", what, "pom.xml");
}

/** Folder of a download. Its name contains a hash of the project file, so a changed version is downloaded again. */
export function fetchedFolder(what: Fetched, env: NodeJS.ProcessEnv = process.env): string {
  const hash = createHash("sha256")
    .update(readFileSync(pomFile(what)))
    .digest("hex")
    .slice(0, 12);
  return join(cacheFolder(env), `${what}-${hash}`);
}

/** Downloads that this process has started. Redis and Kafka share one download and start in parallel. */
const running = new Map<string, Promise<string>>();

/** The folder with the files. Maven downloads them if they are missing. */
export async function fetchFiles(
  what: Fetched,
  log: (line: string) => void,
  machine: Machine = thisMachine,
): Promise<string> {
  const folder = fetchedFolder(what, machine.env);
  if (existsSync(folder)) return folder;
  const fetching = running.get(folder) ?? fetchInto(folder, what, log, machine);
  running.set(folder, fetching);
  return fetching.finally(() => running.delete(folder));
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
      `Maven (command mvn) is needed once to download ${what} (${megabytes[what]} MB), and it is not on PATH. Install it: apt-get install maven, dnf install maven, or brew install maven.`,
    );
  }
  // Downloaded to another folder and moved in one step, so that an interrupted run leaves no half download.
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
  log(`downloading ${what} with Maven (${megabytes[what]} MB, once) ...`);
  const progress = setInterval(() => log(`still downloading ${what} (${seconds()} s) ...`), 10_000);
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
      `Maven could not download ${what}. The usual cause is that its repository cannot be reached: check the network, the proxy and settings.xml, then run again. Output of Maven:\n${lines}`,
    );
  }
  log(`${what} downloaded in ${seconds()} s`);
}
