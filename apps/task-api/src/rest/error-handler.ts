import { errorCode, isTransientDatabaseError, type Logger, withCorrelation } from "@task-platform/runtime";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { Problem, type ProblemCode, type ProblemDetail, problemBody } from "../problems/index.ts";

/** A failover of the database takes longer; a restart of one connection does not. */
const retryAfterSeconds = "2";

/** The one place where what was thrown becomes an answer. */
export function handleErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: unknown, request, reply) =>
    // An error while the body is read comes from the socket and has lost its request.
    withCorrelation(request.correlation, () => {
      const problem = toProblem(error);
      if (problem.status >= 500) {
        logger[problem.code === "internal" ? "error" : "warn"]({ error }, "request failed");
      }
      return sendProblem(reply, problem);
    }),
  );
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send(problemBody(problem));
}

/** Nothing of an error that is not ours reaches the caller: its text may hold names of hosts, tables or files. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isTransientDatabaseError(error)) {
    return new Problem("unavailable", "the service cannot reach its data now", {
      headers: { "retry-after": retryAfterSeconds },
    });
  }
  if (isValidationError(error)) return validationProblem(error);
  const known = frameworkProblem(error);
  return (
    known ?? new Problem("internal", "the service failed; it has been recorded under the correlation id")
  );
}

type ValidationError = FastifyError & Required<Pick<FastifyError, "validation">>;

function isValidationError(error: unknown): error is ValidationError {
  return error instanceof Error && "validation" in error && Array.isArray(error.validation);
}

function validationProblem(error: ValidationError): Problem {
  const place = error.validationContext === "body" ? "" : `${error.validationContext ?? ""}: `;
  const errors = error.validation.flatMap(({ keyword, instancePath, message, params }): ProblemDetail[] => {
    // An unknown member is told twice: at its own place, and in a list for the object, which may be cut short.
    if (keyword === "additionalProperties") return [];
    if (keyword === "boolean") return [{ pointer: `${place}${instancePath}`, detail: "is not known here" }];
    const missing = params.requiredProperties;
    if (Array.isArray(missing)) {
      return missing.map((name) => ({
        pointer: `${place}${instancePath}/${String(name)}`,
        detail: "is required",
      }));
    }
    return [{ pointer: `${place}${instancePath}`, detail: message ?? "is not valid" }];
  });
  return new Problem("invalid-request", "the request does not fit its schema", { errors });
}

const frameworkCodes: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported-media-type", "send the body as application/json"],
  FST_ERR_CTP_BODY_TOO_LARGE: ["body-too-large", "the body is larger than 256 KiB"],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["malformed-json", "the body is empty"],
  FST_ERR_CTP_INVALID_JSON_BODY: ["malformed-json", "the body cannot be read as JSON"],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["invalid-request", "Content-Length does not match the body"],
  FST_ERR_BAD_URL: ["invalid-request", "the address cannot be decoded"],
};

function frameworkProblem(error: unknown): Problem | undefined {
  const known = frameworkCodes[errorCode(error) ?? ""];
  if (known !== undefined) return new Problem(...known);
  // Keys such as __proto__ are refused by the parser without a code.
  const refused = error instanceof SyntaxError && "statusCode" in error && error.statusCode === 400;
  return refused ? new Problem("malformed-json", "the body cannot be read as JSON") : undefined;
}
