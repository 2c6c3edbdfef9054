import { readdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";

interface Load {
  readonly port: number;
  readonly method: "GET" | "POST";
  readonly connections: number;
  readonly seconds: number;
  readonly body?: string;
  readonly token: (at: number) => string;
}

/** What a load found. Times are in milliseconds. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p99: number;
  readonly failed: number;
  readonly count: number;
}

/** Sends one request after another on each connection for a number of seconds, after a tenth of that as a warm-up. */
export async function load({ port, method, connections, seconds, body, token }: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begun = performance.now() + seconds * 100;
  const end = begun + seconds * 1_000;
  const times: number[] = [];
  let failed = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const sent = performance.now();
        next += 1;
        const good = await send(agent, {
          port,
          method,
          token: token(next),
          ...(body === undefined ? {} : { body }),
        });
        if (sent < begun) continue;
        if (good) times.push(performance.now() - sent);
        else failed += 1;
      }
    }),
  );
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    failed,
    count: times.length,
  };
}

function send(
  agent: Agent,
  { port, method, token, body }: { port: number; method: string; token: string; body?: string },
): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(
      {
        agent,
        host: "127.0.0.1",
        port,
        method,
        path: "/v1/tasks",
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve((response.statusCode ?? 500) < 300));
      },
    );
    sent.on("error", () => resolve(false));
    sent.end(body);
  });
}

/** Milliseconds of processor time of a process and its children so far, from /proc; 0 where there is no /proc. */
export function processorMs(pid: number): number {
  const ticks = (one: number): number => {
    try {
      const fields = readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // utime, stime, and those of children that have ended, in hundredths of a second.
      return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0);
    } catch {
      return 0;
    }
  };
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + ticks(one), 0) * 10;
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
        .trim()
        .split(" ")
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return [];
  }
}
