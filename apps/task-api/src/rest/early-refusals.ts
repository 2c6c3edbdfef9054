import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { correlationHeader, type Logger, withCorrelation } from "@task-platform/runtime/logging";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { correlationOf } from "../correlation.ts";
import { Problem, problemBody } from "../problems/index.ts";
import type { RequestMetrics } from "../request-metrics.ts";
import { sendProblem, toProblem } from "./error-handler.ts";
import { secureHeaderValues } from "./hooks/index.ts";

/** What a refusal before the hooks is recorded with. */
export interface EarlyRefusals {
  /** Answers on the connection itself and closes it: Node has stopped reading requests from it. */
  refuseConnection(error: Error & { readonly code?: string }, socket: Duplex): void;
  /** Answers a request that Fastify gives to no hook, such as an address that cannot be decoded. */
  refuseRequest(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void;
}

/**
 * Refuses what never reaches a hook, in the same form as every refusal: with a correlation id and the headers, one line in
 * the log and one request in the metrics. So nothing that a client can send is invisible.
 */
export function createEarlyRefusals(logger: Logger, metrics: RequestMetrics): EarlyRefusals {
  const record = (status: number, reason: string): void => {
    metrics.refused(String(status));
    logger.info({ status, reason }, "request refused before it could be read");
  };
  return {
    refuseConnection: (error, socket) => {
      if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) return;
      const correlation = correlationOf(undefined, undefined);
      withCorrelation(correlation, () => {
        const [status, text] = statusOf(error.code);
        const body = JSON.stringify({ ...problemBody(new Problem("invalid-request", text)), status });
        const headers = {
          ...secureHeaderValues,
          [correlationHeader]: correlation.correlationId,
          "content-type": "application/problem+json",
          "content-length": String(Buffer.byteLength(body)),
          connection: "close",
        };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        socket.end([`HTTP/1.1 ${status} ${reasons[status]}`, ...lines, "", body].join("\r\n"));
        record(status, error.code ?? error.message);
      });
    },
    refuseRequest: (error, request, reply) => {
      const { headers } = request;
      const correlation = correlationOf(headers[correlationHeader], headers.traceparent);
      withCorrelation(correlation, () => {
        const problem = toProblem(error);
        reply.headers(secureHeaderValues).header(correlationHeader, correlation.correlationId);
        sendProblem(reply, problem);
        record(problem.status, error.code);
      });
    },
  };
}

const reasons = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
} as const;

function statusOf(code: string | undefined): [keyof typeof reasons, string] {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, "the request was sent too slowly"];
  if (code === "HPE_HEADER_OVERFLOW") return [431, "the headers are larger than 16 KiB"];
  return [400, "the request cannot be read as HTTP"];
}

/** Without these, Node answers by itself: no hook would run, and no log line or metric would tell of it. */
export function leaveNothingToNode(app: FastifyInstance, { refuseConnection }: EarlyRefusals): void {
  // 417 comes from the hook below. The marker is no header that a client could send: it is a property of the request.
  app.server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    unexpected.add(request);
    app.server.emit("request", request, response);
  });
  app.server.on("connect", (_request: IncomingMessage, socket: Duplex) => {
    refuseConnection(new Error("CONNECT"), socket);
  });
  app.addHook("onRequest", (request, _reply, done) => {
    if (unexpected.has(request.raw))
      return done(new Problem("expectation-failed", "send the request without Expect"));
    // RFC 9112, 3.2. HTTP/1.0 knows no Host.
    if (request.raw.httpVersion === "1.1" && request.headers.host === undefined)
      return done(new Problem("invalid-request", "the header Host is missing"));
    done();
  });
}

const unexpected = new WeakSet<IncomingMessage>();
