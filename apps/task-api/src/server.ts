import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { startAdminServer } from "@task-platform/runtime/admin";
import type { Lifecycle } from "@task-platform/runtime/lifecycle";
import type { Logger } from "@task-platform/runtime/logging";
import type { FastifyInstance } from "fastify";
import type { Config } from "./config.ts";
import { createContext } from "./context.ts";
import { startGrpcServer } from "./grpc/index.ts";
import { forgetExpiredKeys } from "./idempotency/index.ts";
import { createApp } from "./rest/index.ts";

/** The ports in use, also when port 0 was configured. */
export interface RunningServer {
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly adminPort: number;
}

/** An answer of the readiness probe may be out of date for this long. */
const drainMs = 1_000;

/** Starts the task API. It also starts without PostgreSQL and Redis: it is not ready until PostgreSQL answers. */
export async function startServer(
  config: Config,
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<RunningServer> {
  const context = await createContext(config, logger);
  const { service, http, grpc } = config;
  const admin = await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    // Redis is not a dependency of readiness, because the API also serves without it.
    checks: [
      { name: "postgres", check: async () => void (await context.database.primary.query("select 1")) },
    ],
    metricsRegistry: context.metricsRegistry,
    logger: logger.child({ logger: "admin" }),
  });
  lifecycle.onStop("redis", () => context.redis.close());
  lifecycle.onStop("database", () => context.database.close());
  lifecycle.onStop("signals of changes", () => context.signals.close());
  const reaper = forgetExpiredKeys(
    context.database.primary,
    lifecycle.signal,
    logger.child({ logger: "idempotency" }),
  );
  lifecycle.onStop("reaper", () => reaper);

  const { requestsPerMinute } = http;
  const app = await createApp(context, http);
  const grpcServer = await startGrpcServer({
    context,
    requestsPerMinute,
    bind: service.bind,
    port: grpc.port,
    heartbeatMs: grpc.heartbeatMs,
    isReady: () => admin.isReady(),
  });
  // Drain both at the same time, so that the second does not wait for the first.
  lifecycle.onStop("http and grpc", async () => {
    await Promise.all([drain(app), grpcServer.drain(drainMs)]);
  });
  await app.listen({ host: service.bind, port: http.port });
  const httpPort = (app.server.address() as AddressInfo).port;
  const grpcPort = grpcServer.port;
  logger.info({ http_port: httpPort, admin_port: admin.port, grpc_port: grpcPort }, "listening");
  lifecycle.ready();
  return { httpPort, grpcPort, adminPort: admin.port };
}

/**
 * Keeps serving for a moment and asks each client to close its connection, then closes and waits for the running requests.
 * An immediate close would cut connections on which a request is on its way to this server, and the client would see a
 * failure.
 */
async function drain(app: FastifyInstance): Promise<void> {
  app.server.on("request", (_request, response) => {
    if (!response.headersSent) response.setHeader("connection", "close");
  });
  await pause(drainMs);
  await app.close();
}
