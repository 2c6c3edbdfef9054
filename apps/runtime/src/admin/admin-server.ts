import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { probePaths } from "@task-platform/contracts";
import type { Lifecycle } from "../lifecycle/index.ts";
import type { Logger } from "../logging/index.ts";
import type { MetricsRegistry } from "./metrics.ts";
import { Readiness, type ReadinessCheck } from "./readiness.ts";

interface AdminOptions {
  readonly bind: string;
  readonly port: number;
  readonly lifecycle: Lifecycle;
  readonly checks: readonly ReadinessCheck[];
  /**
   * Reason to restart the process; undefined while it is healthy. Must not check any dependency: restarting every
   * replica because the database is down makes an outage longer.
   */
  readonly live?: () => string | undefined;
  readonly metricsRegistry: MetricsRegistry;
  readonly logger?: Logger;
}

interface AdminServer {
  /** The port in use, also when the options ask for port 0. */
  readonly port: number;
  /** The answer of the readiness probe, for other health protocols such as gRPC. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** A probe sends a few bytes; a slower client is cut off. */
const requestTimeoutMs = 5_000;

/**
 * Serves probes and metrics on a separate port. Start it before the other parts: it then stops last, and answers
 * "not ready" while they drain.
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
  { lifecycle, live, metricsRegistry, logger }: AdminOptions,
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
      response
        .writeHead(200, { "content-type": metricsRegistry.contentType })
        .end(await metricsRegistry.metrics());
      return;
    default:
      return answerStatus(response, 404, "not found");
  }
}

/** The body does not name the failing dependency, because anyone in the cluster can read it; the log does. */
function answerStatus(response: ServerResponse, code: number, status: string): void {
  response
    .writeHead(code, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify({ status }));
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}
