import type { Socket } from "node:net";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { restApi } from "@task-platform/contracts";
import { type FastifyInstance, fastify } from "fastify";
import { authentication } from "../auth/index.ts";
import type { Context } from "../context.ts";
import { Problem, problemBody } from "../problems/index.ts";
import { handleErrors, sendProblem, toProblem } from "./error-handler.ts";
import { correlate, countRequests, limitRate, secureHeaders } from "./hooks/index.ts";
import { answerUnknown } from "./not-found.ts";
import { describeApi } from "./openapi.ts";
import { healthRoute, taskRoutes } from "./routes/index.ts";
import { validatorCompiler } from "./validator.ts";

/** 256 KiB: a task is at most 20 KiB as JSON, and no body is read further than this. */
const bodyLimitBytes = 262_144;
/** Time to send a whole request; a phone on a bad line manages 256 KiB, a client that drips bytes does not. */
const requestTimeoutMs = 10_000;
const headersTimeoutMs = 5_000;
/** Above the 60 s of the load balancer: it must be the side that closes, or it sends into a closed connection. */
const keepAliveTimeoutMs = restApi.keepAliveSeconds * 1_000;
/** As long as headers may be: a parameter that is too long is then refused by its schema, as every other one is. */
const longestParameter = 16_384;

/** The REST API, ready to listen or to be injected into. */
export async function createApp(context: Context, requestsPerMinute: number): Promise<FastifyInstance> {
  const { logger } = context;
  const app = fastify({
    logger: false, // the hooks below log one line a request
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    routerOptions: { maxParamLength: longestParameter },
    // While it drains, a request that is already on a connection is served; see `drain` in server.ts.
    return503OnClosing: false,
    clientErrorHandler: answerGarbage,
    // An address that cannot be decoded reaches no route and no hook.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, toProblem(error)),
    // Keys such as __proto__ and constructor.prototype refuse the body.
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.headersTimeout = headersTimeoutMs;
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validatorCompiler);

  correlate(app, logger.child({ logger: "http" }));
  countRequests(app, context.requests);
  secureHeaders(app);
  authentication(app, context.verifyToken, context.securityEvents);
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

/** What is not even HTTP: conflicting lengths, broken headers. The parser has given up on the connection. */
function answerGarbage(error: Error & { code?: string }, socket: Socket): void {
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
