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

/** Ports in use, also where 0 was asked for. */
export interface RunningServer {
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly adminPort: number;
}

/** As long as an answer to a readiness probe may be out of date. */
const drainMs = 1_000;

/** Starts the task API. It starts without PostgreSQL and Redis too: readiness tells, and it serves once they are there. */
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
    // Redis is not among them: the API does without it.
    checks: [
      { name: "postgres", check: async () => void (await context.database.primary.query("select 1")) },
    ],
    metricsRegistry: context.metricsRegistry,
    logger: logger.child({ logger: "admin" }),
  });
  lifecycle.onStop("redis", () => context.redis.close());
  lifecycle.onStop("database", () => context.database.close());
  const reaper = forgetExpiredKeys(
    context.database.primary,
    lifecycle.signal,
    logger.child({ logger: "idempotency" }),
  );
  lifecycle.onStop("reaper", () => reaper);

  const { requestsPerMinute } = http;
  const app = await createApp(context, requestsPerMinute);
  const grpcServer = await startGrpcServer({
    context,
    requestsPerMinute,
    bind: service.bind,
    port: grpc.port,
    isReady: () => admin.isReady(),
  });
  // Together: one after the other, clients of the second would wait for those of the first.
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
 * Serves on for a moment, telling each client to use another connection, then closes and waits for what is running.
 * Closing at once would cut connections on which a request is under way to us: the client would see a failure.
 */
async function drain(app: FastifyInstance): Promise<void> {
  app.server.on("request", (_request, response) => {
    if (!response.headersSent) response.setHeader("connection", "close");
  });
  await pause(drainMs);
  await app.close();
}
