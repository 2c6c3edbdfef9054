import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { probePaths } from "@task-platform/contracts";
import type { Registry } from "prom-client";
import type { Lifecycle } from "../lifecycle/index.ts";
import type { Logger } from "../logging/index.ts";
import { Readiness, type ReadinessCheck } from "./readiness.ts";

export type { ReadinessCheck };

export interface AdminOptions {
  readonly bind: string;
  readonly port: number;
  readonly lifecycle: Lifecycle;
  readonly checks: readonly ReadinessCheck[];
  /**
   * Reason why the process should be replaced, or undefined while it is well. Must not look at any dependency:
   * restarting every replica because the database is away makes an outage longer.
   */
  readonly live?: () => string | undefined;
  readonly registry: Registry;
  readonly logger?: Logger;
}

export interface AdminServer {
  /** The port in use, also where 0 was asked for. */
  readonly port: number;
  /** What the readiness probe says, for those who ask by another way. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** Longest time a probe may take to send its few bytes. */
const requestTimeoutMs = 5_000;

/**
 * Probes and metrics on a port of their own. Register it first of all parts: it is then stopped last, and
 * answers "not ready" while the others drain.
 */
export async function startAdminServer(options: AdminOptions): Promise<AdminServer> {
  const readiness = new Readiness(options.checks, options.logger);
  let everReady = false;
  const server = createServer((request, response) => {
    everReady ||= options.lifecycle.state === "ready";
    const path = request.url?.split("?")[0] ?? "";
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    answer(path, response, options, readiness, everReady).catch((error: unknown) => {
      options.logger?.error({ error }, "admin request failed");
      if (!response.headersSent) answerStatus(response, 500, "error");
    });
  });
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = requestTimeoutMs;
  await listen(server, options.bind, options.port);
  const close = async (): Promise<void> => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  options.lifecycle.onStop("admin server", close);
  return {
    port: (server.address() as AddressInfo).port,
    isReady: () => isReady(options.lifecycle, readiness),
    close,
  };
}

async function isReady(lifecycle: Lifecycle, readiness: Readiness): Promise<boolean> {
  return lifecycle.state === "ready" && (await readiness.passes());
}

async function answer(
  path: string,
  response: ServerResponse,
  { lifecycle, live, registry, logger }: AdminOptions,
  readiness: Readiness,
  everReady: boolean,
): Promise<void> {
  switch (path) {
    case probePaths.live: {
      const reason = live?.();
      if (reason !== undefined) logger?.error({ reason }, "not alive");
      return answerStatus(
        response,
        reason === undefined ? 200 : 503,
        reason === undefined ? "ok" : "unavailable",
      );
    }
    case probePaths.ready: {
      const ready = await isReady(lifecycle, readiness);
      return answerStatus(response, ready ? 200 : 503, ready ? "ok" : "unavailable");
    }
    case probePaths.startup:
      return answerStatus(response, everReady ? 200 : 503, everReady ? "ok" : "unavailable");
    case probePaths.metrics:
      response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
      return;
    default:
      return answerStatus(response, 404, "not found");
  }
}

/** The body is one word: which dependency fails stands in the log, not in an answer that anyone in the cluster can read. */
function answerStatus(response: ServerResponse, code: number, status: string): void {
  response
    .writeHead(code, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify({ status }));
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}
