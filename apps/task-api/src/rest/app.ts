import type { Socket } from "node:net";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { restApi } from "@task-platform/contracts";
import { type FastifyInstance, fastify } from "fastify";
import type { Context } from "../context.ts";
import { Problem, problemBody } from "../problems/index.ts";
import { handleErrors, sendProblem, toProblem } from "./error-handler.ts";
import { authenticate, correlate, countRequests, limitRate, secureHeaders } from "./hooks/index.ts";
import { answerUnknown } from "./not-found.ts";
import { describeApi } from "./openapi.ts";
import { healthRoute, taskRoutes } from "./routes/index.ts";
import { validatorCompiler } from "./validator.ts";

/** 256 KiB; a task is at most 20 KiB as JSON. The server stops reading a body at this size. */
const bodyLimitBytes = 262_144;
/** Time to send a whole request: enough for 256 KiB over a slow mobile connection, and a limit for slow-request attacks. */
const requestTimeoutMs = 10_000;
const headersTimeoutMs = 5_000;
/** Above the 60 s of the load balancer. The load balancer must close first, or it sends into a closed connection. */
const keepAliveTimeoutMs = restApi.keepAliveSeconds * 1_000;
/** The limit of the headers. A parameter that is too long then reaches its schema, which refuses it. */
const longestParameter = 16_384;

/** The REST API, ready to listen. */
export async function createApp(context: Context, requestsPerMinute: number): Promise<FastifyInstance> {
  const { logger } = context;
  const app = fastify({
    logger: false, // the hooks below log one line per request
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    routerOptions: { maxParamLength: longestParameter },
    // During the drain, requests on open connections are still served; see `drain` in server.ts.
    return503OnClosing: false,
    clientErrorHandler: answerInvalidHttp,
    // For an address that cannot be decoded, Fastify runs neither a route nor a hook.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, toProblem(error)),
    // Refuse a body with a key such as __proto__ or constructor.prototype.
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.headersTimeout = headersTimeoutMs;
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validatorCompiler);

  correlate(app, logger.child({ logger: "http" }));
  countRequests(app, context.requests);
  secureHeaders(app);
  authenticate(app, context.verifyToken, context.securityEvents);
  handleErrors(app, logger.child({ logger: "http" }));
  answerUnknown(app);
  await limitRate(app, {
    perMinute: requestsPerMinute,
    count: context.countRate,
    events: context.securityEvents,
  });
  await describeApi(app);
  healthRoute(app);
  await app.register(taskRoutes(context));
  await app.ready();
  return app;
}

/** Answers what is not valid HTTP, such as conflicting lengths or broken headers. Node has stopped parsing the connection. */
function answerInvalidHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) return;
  const timedOut = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const line = timedOut
    ? "408 Request Timeout"
    : tooLarge
      ? "431 Request Header Fields Too Large"
      : "400 Bad Request";
  const problem = new Problem("invalid-request", "the request cannot be read as HTTP");
  const body = JSON.stringify({ ...problemBody(problem), status: Number(line.slice(0, 3)) });
  socket.end(
    [
      `HTTP/1.1 ${line}`,
      "content-type: application/problem+json",
      "cache-control: no-store",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}
