import { createMetricsRegistry } from "@task-platform/runtime/admin";
import { createLogger } from "@task-platform/runtime/logging";
import { type FastifyContextConfig, fastify } from "fastify";
import { expect, test } from "vitest";
import type { Caller } from "../../auth/index.ts";
import { createSecurityEvents } from "../../security-events.ts";
import { handleErrors } from "../error-handler.ts";
import { authenticate } from "./authenticate.ts";

const logger = createLogger({ service: "test", level: "fatal" });

/** The caller may do everything that a scope can allow. */
const caller: Caller = {
  userId: "ann",
  scopes: new Set(["tasks:read", "tasks:write", "undefined", "none", ""]),
  expiresAt: new Date(Date.now() + 60_000),
};

/** An app with the hook and one route. `before` runs before the hook. */
function appWith(config: FastifyContextConfig | undefined, before?: (config: FastifyContextConfig) => void) {
  const app = fastify();
  app.decorateRequest("correlation");
  app.addHook("onRequest", (request, _reply, done) => {
    before?.(request.routeOptions.config);
    done();
  });
  const events = createSecurityEvents(logger, createMetricsRegistry("test"));
  authenticate(app, () => Promise.resolve(caller), events);
  handleErrors(app, logger);
  app.get("/v1/reports", config === undefined ? {} : { config }, () => ({ code: "served" }));
  return app;
}

const headers = { authorization: "Bearer token" };

test("a route that declares no scope is refused when it is added, so the service does not start", () => {
  expect(() => appWith(undefined)).toThrow("GET /v1/reports: config: got neither scope nor public");
  expect(() => appWith({})).toThrow("got neither scope nor public");
});

test("a route that is public and requires a scope is refused when it is added", () => {
  expect(() => appWith({ public: true, scope: "tasks:read" })).toThrow("got both scope and public");
});

test("a route whose scope is lost all the same answers 403 to everyone", async () => {
  const statusOf = async (app: ReturnType<typeof appWith>) => {
    const answer = await app.inject({ url: "/v1/reports", headers });
    return [answer.statusCode, answer.json<{ code: string }>().code];
  };
  expect(await statusOf(appWith({ scope: "tasks:read" }))).toEqual([200, "served"]);
  const without = appWith({ scope: "tasks:read" }, (config) => void delete config.scope);
  expect(await statusOf(without)).toEqual([403, "forbidden"]);
});
