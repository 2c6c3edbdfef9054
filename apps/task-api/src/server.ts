import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Lifecycle, type Logger, startAdminServer } from "@task-platform/runtime";
import type { FastifyInstance } from "fastify";
import type { Config } from "./config.ts";
import { createContext } from "./context.ts";
import { forgetExpiredKeys } from "./idempotency/index.ts";
import { createApp } from "./rest/index.ts";

/** Ports in use, also where 0 was asked for. */
export interface RunningServer {
  readonly httpPort: number;
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
  const { service, http } = config;
  const admin = await startAdminServer({
    bind: service.bind,
    port: service.adminPort,
    lifecycle,
    // Redis is not among them: the API does without it.
    checks: [{ name: "postgres", check: async () => void (await context.database.pool.query("select 1")) }],
    registry: context.registry,
    logger: logger.child({ logger: "admin" }),
  });
  lifecycle.onStop("redis", () => context.redis.close());
  lifecycle.onStop("database", () => context.database.close());
  const reaper = forgetExpiredKeys(
    context.database.pool,
    lifecycle.signal,
    logger.child({ logger: "idempotency" }),
  );
  lifecycle.onStop("reaper", () => reaper);

  const app = await createApp(context, http.requestsPerMinute);
  lifecycle.onStop("http", () => drain(app));
  await app.listen({ host: service.bind, port: http.port });
  const httpPort = (app.server.address() as AddressInfo).port;
  logger.info({ http_port: httpPort, admin_port: admin.port }, "listening");
  lifecycle.ready();
  return { httpPort, adminPort: admin.port };
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
