import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../processes/index.ts";
import { fetchFiles, MissingError } from "./fetch.ts";
import { findJava, type Java, type Machine, oldestJava } from "./java.ts";
import { brokerIds, type NodeAddress, nodeProperties } from "./kafka-properties.ts";

/** Everything a broker needs to start quickly. */
export interface KafkaInstall {
  readonly java: string;
  /** Options of Java and the class path, up to the main class. */
  readonly javaArgs: readonly string[];
  /** Formatted data folder of a node, to be copied. */
  formatted(id: number): string;
}

/** Every run has the same id, because runs never share data. */
const clusterId = "dGFzay1wbGF0Zm9ybS1sbw";
/** Formatting takes 2 s and the training run 6 s. A Java that needs longer than this hangs. */
const stepTimeoutMs = 90_000;

/**
 * Downloads Kafka, and prepares what depends only on its version: formatted data folders, which save 2 s per run, and an
 * archive of loaded classes, which halves the time to the first record.
 */
export async function installKafka(machine: Machine, log: (line: string) => void): Promise<KafkaInstall> {
  const java = findJava(machine);
  if (!java) throw new MissingError(missingJava);
  const fetched = await fetchFiles("kafka", log, machine);
  const jars = readdirSync(join(fetched, "jars"))
    .toSorted()
    .map((name) => join(fetched, "jars", name));
  // An archive fits one Java and one class path. The class path must be a list: with a wildcard Java ignores the archive.
  const key = createHash("sha256")
    .update(`${java.command} ${java.version} ${jars.join(":")}`)
    .digest("hex");
  const prepared = `${fetched}-java-${key.slice(0, 8)}`;
  if (!existsSync(prepared)) await prepare(java, jars, prepared, log);
  return {
    java: java.command,
    javaArgs: [`-XX:SharedArchiveFile=${archiveOf(prepared)}`, ...javaArgs(jars)],
    formatted: (id) => join(prepared, `node-${id}`),
  };
}

const missingJava = `Kafka needs Java ${oldestJava} or newer, and none was found in JAVA_HOME, on PATH or in the system's folders. Install it: apt-get install openjdk-17-jre-headless, dnf install java-17-amazon-corretto-headless, or brew install openjdk@17.`;

function archiveOf(folder: string): string {
  return join(folder, "classes.jsa");
}

/** Little memory, because three brokers share a machine. Resident memory is the same for 128 and 256 MB of heap. */
function javaArgs(jars: readonly string[]): string[] {
  return [
    ...["-Xms32m", "-Xmx192m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC"],
    "-XX:TieredStopAtLevel=1", // a broker of one developer ends before the second compiler would pay off
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.log.kafka.server=info", // this logger reports when a broker is ready
    ...["-cp", jars.join(":")],
  ];
}

async function prepare(
  java: Java,
  jars: readonly string[],
  target: string,
  log: (line: string) => void,
): Promise<void> {
  log("preparing Kafka for quick starts (about 10 s, once) ...");
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const [broker = 0, controller = 0] = await freePorts(2);
    for (const id of brokerIds) await format(java, jars, id, draft);
    await train(java, jars, draft, { id: 1, broker, controller });
    if (!existsSync(target)) renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function format(java: Java, jars: readonly string[], id: number, draft: string): Promise<void> {
  const nodes = brokerIds.map((each) => ({ id: each, broker: 10_000 + each, controller: 11_000 + each }));
  const file = join(draft, `node-${id}.properties`);
  writeFileSync(file, nodeProperties(id, nodes, join(draft, `node-${id}`)));
  const args = [...javaArgs(jars), "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", file];
  const run = runJava(java, args, draft);
  const code = await run.ended;
  if (code !== 0) throw new Error(`formatting Kafka node ${id} failed with code ${code}:\n${run.output()}`);
  rmSync(file);
}

/** Starts one broker and ends it with TERM, because Java writes the archive of loaded classes at a regular exit. */
async function train(java: Java, jars: readonly string[], draft: string, node: NodeAddress): Promise<void> {
  const data = join(draft, "training");
  const file = join(draft, "training.properties");
  writeFileSync(file, nodeProperties(1, [node], data));
  const format = [...javaArgs(jars), "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", file];
  await runJava(java, format, draft).ended;
  const archive = `-XX:ArchiveClassesAtExit=${archiveOf(draft)}`;
  const run = runJava(java, [archive, ...javaArgs(jars), "kafka.Kafka", file], draft);
  await run.says("Kafka Server started");
  run.terminate();
  await run.ended;
  rmSync(data, { recursive: true, force: true });
  rmSync(file);
  if (!existsSync(archiveOf(draft))) throw new Error(`Java wrote no class archive:\n${run.output()}`);
}

interface JavaRun {
  readonly ended: Promise<number | null>;
  output(): string;
  says(text: string): Promise<void>;
  terminate(): void;
}

function runJava(java: Java, args: readonly string[], folder: string): JavaRun {
  let output = "";
  const child = spawn(java.command, [...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: stepTimeoutMs,
    killSignal: "SIGKILL",
  });
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return {
    ended,
    output: () => output.trim().split("\n").slice(-12).join("\n"),
    says: (text) =>
      new Promise((resolve, reject) => {
        listeners.add(() => output.includes(text) && resolve());
        const over = (): void =>
          reject(new Error(`Kafka ended before it was ready:\n${output.slice(-2000)}`));
        ended.then(over, reject);
      }),
    terminate: () => child.kill("SIGTERM"),
  };
}
