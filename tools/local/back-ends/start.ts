import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { acquireLock, Children, type Lock } from "../processes/index.ts";
import { startSchemaRegistry } from "../schema-registry/index.ts";
import { MissingError } from "./fetch.ts";
import { addressVariables, checkGiven, readGiven } from "./given.ts";
import { type Machine, thisMachine } from "./java.ts";
import { startKafka } from "./kafka.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import type { Addresses, Need, Part, Source, StartContext, Started } from "./types.ts";

export interface BackEndOptions {
  /** Folder of this run only: data, logs, lock. It is deleted at the end of the run, even after kill -9. */
  readonly folder: string;
  /** Folder of data that stays after the run. @default the folder of this run */
  readonly keptData?: string | undefined;
  readonly needs: readonly Need[];
  readonly log: (line: string) => void;
  /** Whether PostgreSQL waits for the disk. `false` only where the data may be lost in a power cut. */
  readonly durable: boolean;
  /** @default this machine */
  readonly machine?: Machine;
  /** Last check before anything starts. The processes of an earlier run have been killed by then. */
  readonly beforeStart?: () => Promise<void>;
  /** Ends a start that is under way: its processes are killed, and the start fails. */
  readonly end?: AbortSignal;
}

/** The back ends of one run. */
export interface BackEnds {
  readonly addresses: Addresses;
  readonly parts: readonly Part[];
  /** Starts further processes that must end with the run. */
  readonly children: Children;
  /** Resolves with the name and the reason when a back end has failed for good. */
  readonly failed: Promise<string>;
  /** Stops everything and deletes the folder. */
  stop(): Promise<void>;
}

/** Starts in parallel the requested back ends that no variable gives. If one fails to start, it stops all of them. */
export async function startBackEnds(options: BackEndOptions): Promise<BackEnds> {
  const machine = options.machine ?? thisMachine;
  const given = readGiven(machine.env);
  await checkGiven(given);
  const lock: Lock = acquireLock(options.folder, options.log);
  const children = new Children(lock);
  const { keptData } = options;
  const data = keptData ?? options.folder;
  const earlier = keptData !== undefined && existsSync(keptData);
  mkdirSync(data, { recursive: true });
  const context: StartContext = { children, folder: options.folder, data, log: options.log };
  try {
    await options.beforeStart?.();
  } catch (error) {
    await children.release();
    throw error;
  }
  const starters = startersOf(options, given, context, machine);
  const giveUp = (): void => void children.release();
  options.end?.addEventListener("abort", giveUp, { once: true });
  const results = await Promise.allSettled(starters.map((starter) => timed(starter, options.log)));
  options.end?.removeEventListener("abort", giveUp);
  const started = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((part) => part.stop()));
    await children.release();
  };
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  if (errors.length > 0) {
    await stop();
    if (earlier)
      errors.push(
        new Error(`the data of an earlier run is in ${keptData}; delete that folder to begin without it`),
      );
    throw combined(errors);
  }
  return {
    addresses: Object.assign({}, given, ...started.map((part) => part.address)) as Addresses,
    parts: started.flatMap((part) => part.parts),
    children,
    failed: Promise.race(started.map((part) => part.failed)),
    stop,
  };
}

interface Starter {
  readonly name: Need;
  start(): Promise<Started<Addresses>>;
}

function startersOf(
  { needs, durable, keptData, log }: BackEndOptions,
  given: Addresses,
  context: StartContext,
  machine: Machine,
): Starter[] {
  const wrap = async <T>(
    key: keyof Addresses,
    starting: Promise<Started<T>>,
  ): Promise<Started<Addresses>> => {
    const part = await starting;
    return { ...part, address: { [key]: part.address } };
  };
  const all: readonly (Starter & { readonly key: keyof Addresses })[] = [
    { name: "postgres", key: "postgres", start: () => wrap("postgres", startPostgres(context, { durable })) },
    { name: "redis", key: "redis", start: () => wrap("redis", startRedis(context, machine)) },
    { name: "kafka", key: "kafka", start: () => wrap("kafka", startKafka(context, machine)) },
    {
      name: "schema-registry",
      key: "registryUrl",
      start: () => wrap("registryUrl", schemaRegistryPart(keptData && join(keptData, "schemas.json"))),
    },
  ];
  return all.filter(({ name, key }) => {
    if (!needs.includes(name)) return false;
    if (given[key] !== undefined) log(`${name}: uses the server in ${addressVariables[name]}`);
    return given[key] === undefined;
  });
}

/** The schema registry is small, so it runs in this process and ends with it. */
async function schemaRegistryPart(file: string | undefined): Promise<Started<string>> {
  const registry = await startSchemaRegistry(file);
  const never = new Promise<string>(() => undefined);
  return { address: registry.url, source: "embedded", parts: [], failed: never, stop: registry.stop };
}

const sourceWords: Readonly<Record<Source, string>> = {
  embedded: "embedded",
  path: "the program on PATH",
};

async function timed(starter: Starter, log: (line: string) => void): Promise<Started<Addresses>> {
  const began = Date.now();
  const part = await starter.start();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  log(`${starter.name}: ${sourceWords[part.source]}, ready after ${seconds} s`);
  return part;
}

/** One message with everything that is missing, and then the way that needs no installation. */
function combined(errors: readonly Error[]): Error {
  const missing = errors.filter((error) => error instanceof MissingError);
  const text = errors.map((error) => `- ${error.message}`).join("\n");
  if (missing.length === 0) return new Error(`the back ends did not start:\n${text}`);
  const variables = Object.entries(addressVariables).map(([part, name]) => `    ${part}: ${name}`);
  return new MissingError(
    `the back ends cannot start on this machine:\n${text}\nOr set environment variables to the addresses of servers that already run:\n${variables.join("\n")}`,
  );
}
