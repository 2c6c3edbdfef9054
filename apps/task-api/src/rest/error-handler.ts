import { errorCode } from "@task-platform/runtime/errors";
import { type Logger, withCorrelation } from "@task-platform/runtime/logging";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { Problem, type ProblemCode, problemBody, problemOf, schemaProblem } from "../problems/index.ts";

/** The only place that turns an error into an answer. */
export function handleErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: unknown, request, reply) =>
    // An error while reading the body comes from the socket, outside the async context of the request.
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

/** The refusal for an error, also for one of Fastify. */
export function toProblem(error: unknown): Problem {
  if (isValidationError(error)) return validationProblem(error);
  return frameworkProblem(error) ?? problemOf(error);
}

type ValidationError = FastifyError & Required<Pick<FastifyError, "validation">>;

function isValidationError(error: unknown): error is ValidationError {
  return error instanceof Error && "validation" in error && Array.isArray(error.validation);
}

function validationProblem(error: ValidationError): Problem {
  const place = error.validationContext === "body" ? "" : `${error.validationContext ?? ""}: `;
  return schemaProblem(error.validation, (pointer) => `${place}${pointer}`);
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
  // The parser refuses a key such as __proto__ with an error that has no code.
  const refused = error instanceof SyntaxError && "statusCode" in error && error.statusCode === 400;
  return refused ? new Problem("malformed-json", "the body cannot be read as JSON") : undefined;
}
