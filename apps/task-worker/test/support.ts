import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import {
  type EventType,
  encodeTaskEvent,
  database as names,
  partitionOf,
  probePaths,
  type TaskEvent,
  taskEventSchema,
  taskEventSchemaVersion,
  taskEventSubject,
  topics,
} from "@task-platform/contracts";
import { outbox } from "@task-platform/schema/names";
import { onTestFinished } from "vitest";
import {
  backEnds,
  eventually,
  query,
  schemaRegistry,
  type TestDatabase,
} from "../../../tests/support/back-ends.ts";
import { freePorts } from "../../../tools/local/processes/index.ts";
import { enableZstd } from "../../../tools/local/provision/index.ts";

enableZstd();

const root = join(import.meta.dirname, "..", "..", "..");
const { roles } = names;

/** A task event of a user with new ids. */
export function taskEvent(userId: string, changes: Partial<TaskEvent> = {}): TaskEvent {
  return {
    event_id: randomUUID(),
    event_type: "CREATED" satisfies EventType,
    task_id: randomUUID(),
    user_id: userId,
    timestamp: Date.now(),
    payload: null,
    metadata: {},
    ...changes,
  };
}

/** Writes events to the outbox as the API does, in their order, in one statement. */
export async function insertEvents(
  database: TestDatabase,
  events: readonly TaskEvent[],
  { schemaVersion = taskEventSchemaVersion, minutesAgo = 0 } = {},
): Promise<void> {
  await query(
    database,
    `insert into outbox (shard, key, event_id, event_type, schema_version, payload, headers, created_at)
     select shard, key, event_id, event_type, $6, payload, jsonb_build_object('correlation_id', 'c-' || event_id),
       now() - make_interval(mins => $7)
     from unnest($1::smallint[], $2::text[], $3::uuid[], $4::text[], $5::bytea[])
       with ordinality as given (shard, key, event_id, event_type, payload, at)
     order by at`,
    [
      events.map((event) => partitionOf(event.user_id, topics.taskEvents.partitions)),
      events.map((event) => event.user_id),
      events.map((event) => event.event_id),
      events.map((event) => event.event_type),
      events.map((event) => encodeTaskEvent(event)),
      schemaVersion,
      minutesAgo,
    ],
  );
  await query(database, `select pg_notify('${outbox.channel}', n::text) from generate_series(0, 5) as n`);
}

/** Id of the current schema in the schema registry of the tests. */
export async function registeredSchemaId(): Promise<number> {
  return await schemaRegistry().register(taskEventSubject, taskEventSchema);
}

/** A role of the worker in a separate process. */
export interface RoleProcess {
  readonly child: ChildProcess;
  readonly adminUrl: string;
  /** Everything that it has printed so far, on both streams. */
  output(): string;
  /** Exit code; null when a signal ended it. */
  readonly exit: Promise<number | null>;
  ready(): Promise<void>;
}

/** Starts `node apps/task-worker/src/main.ts <role>`; it is killed when the test ends. */
export async function startRole(
  role: Exclude<keyof typeof roles, "api">,
  database: TestDatabase,
  environment: Readonly<Record<string, string>>,
): Promise<RoleProcess> {
  const { kafka, registryUrl } = backEnds();
  const [adminPort] = await freePorts(1);
  const process_ = spawnWorker([role], {
    SERVICE_NAME: `task-${role}`,
    LOG_LEVEL: "info",
    BIND_ADDRESS: "127.0.0.1",
    ADMIN_PORT: String(adminPort),
    DATABASE_HOST: database.host,
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.name,
    // The database role that the Pulumi program uses, so that a missing grant makes the test fail.
    DATABASE_USER: roles[role],
    DATABASE_AUTH: "none",
    DATABASE_TLS: "off",
    KAFKA_BROKERS: kafka.brokers.join(","),
    KAFKA_AUTH: "none",
    KAFKA_TLS: "off",
    SCHEMA_REGISTRY_URL: registryUrl,
    ...environment,
  });
  const adminUrl = `http://127.0.0.1:${adminPort}`;
  return {
    ...process_,
    adminUrl,
    ready: async () => {
      const isReady = async (): Promise<boolean> => {
        if (process_.child.exitCode !== null) throw new Error(`${role} ended:\n${process_.output()}`);
        return await fetch(adminUrl + probePaths.ready).then(
          (answer) => answer.ok,
          () => false,
        );
      };
      await eventually(isReady, `${role} to be ready`).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${process_.output()}`);
      });
    },
  };
}

/** Starts the worker with exactly these variables and PATH. */
export function spawnWorker(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Omit<RoleProcess, "adminUrl" | "ready"> {
  const child = spawn(process.execPath, ["apps/task-worker/src/main.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const exit = once(child, "close").then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exit;
  });
  return { child, output: () => printed, exit };
}

/** Value of one metric on the admin port, summed over the series with the label; 0 while there is none, or no process yet. */
export async function metric(adminUrl: string, name: string, label = ""): Promise<number> {
  const text = await fetch(adminUrl + probePaths.metrics).then(
    (answer) => answer.text(),
    () => "",
  );
  return text
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
