import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { restApi } from "@task-platform/contracts";
import { type FastifyInstance, fastify } from "fastify";
import type { Context } from "../context.ts";
import { limitConnections } from "./connection-timers.ts";
import { allowDocs, serveDocs } from "./docs.ts";
import { createEarlyRefusals, leaveNothingToNode } from "./early-refusals.ts";
import { handleErrors } from "./error-handler.ts";
import { authenticate, correlate, countRequests, limitRate, secureHeaders } from "./hooks/index.ts";
import { readJsonBodies } from "./json-body.ts";
import { answerUnknown } from "./not-found.ts";
import { describeApi } from "./openapi.ts";
import { healthRoute, taskRoutes } from "./routes/index.ts";
import { validatorCompiler } from "./validator.ts";

/** Above the 60 s of the load balancer. The load balancer must close first, or it sends into a closed connection. */
const keepAliveTimeoutMs = restApi.keepAliveSeconds * 1_000;
/** 10 s for a whole request: enough for 256 KiB over a slow mobile connection, and a limit for slow-request attacks. */
const connectionLimits = {
  headersMs: 5_000,
  requestMs: 10_000,
  firstByteMs: keepAliveTimeoutMs,
  checkMs: 500,
};
/** The limit of the headers. A parameter that is too long then reaches its schema, which refuses it. */
const longestParameter = 16_384;

/** The REST API, ready to listen. `docs`: whether it serves its documentation to everyone. */
export async function createApp(
  context: Context,
  { requestsPerMinute, docs }: { readonly requestsPerMinute: number; readonly docs: "on" | "off" },
): Promise<FastifyInstance> {
  const { logger } = context;
  const early = createEarlyRefusals(logger.child({ logger: "http" }), context.requests);
  const app = fastify({
    logger: false, // the hooks below log one line per request
    bodyLimit: restApi.mostBodyBytes,
    keepAliveTimeout: keepAliveTimeoutMs,
    routerOptions: { maxParamLength: longestParameter },
    // During the drain, requests on open connections are still served; see `drain` in server.ts.
    return503OnClosing: false,
    clientErrorHandler: early.refuseConnection,
    frameworkErrors: early.refuseRequest,
    // A hook answers for it, in our form.
    http: { requireHostHeader: false },
  }).withTypeProvider<TypeBoxTypeProvider>();
  limitConnections(app.server, connectionLimits, (socket) =>
    early.refuseConnection(
      Object.assign(new Error("too slow"), { code: "ERR_HTTP_REQUEST_TIMEOUT" }),
      socket,
    ),
  );
  readJsonBodies(app);
  app.setValidatorCompiler(validatorCompiler);

  // A line for each request holds four fields and the correlation, so it needs no search for secrets.
  correlate(app, logger.child({ logger: "http" }, { redact: [] }));
  countRequests(app, context.requests);
  secureHeaders(app);
  leaveNothingToNode(app, early);
  if (docs === "on") allowDocs(app);
  authenticate(app, context.verifyToken, context.securityEvents);
  handleErrors(app, logger.child({ logger: "http" }));
  answerUnknown(app);
  await limitRate(app, {
    perMinute: requestsPerMinute,
    count: context.countRate,
    events: context.securityEvents,
  });
  await describeApi(app);
  if (docs === "on") await serveDocs(app);
  healthRoute(app);
  await app.register(taskRoutes(context));
  await app.ready();
  return app;
}
