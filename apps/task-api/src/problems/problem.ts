import { ServiceError } from "@task-platform/runtime/errors";
import { currentCorrelation, traceIdOf } from "@task-platform/runtime/logging";

/** Every kind of refusal, with its HTTP status. Clients decide by the code, so a code is never renamed. */
const problemCodes = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  "malformed-json": { status: 400, title: "The body is not valid JSON" },
  "invalid-page-token": { status: 400, title: "The page token cannot be used here" },
  "invalid-idempotency-key": { status: 400, title: "The idempotency key is not valid" },
  "invalid-if-match": { status: 400, title: "If-Match does not hold one version" },
  unauthenticated: { status: 401, title: "A valid access token is required" },
  forbidden: { status: 403, title: "The access token does not allow this" },
  "not-found": { status: 404, title: "There is nothing at this address" },
  "task-not-found": { status: 404, title: "There is no such task" },
  "method-not-allowed": { status: 405, title: "The method is not supported here" },
  "request-in-progress": { status: 409, title: "The first request with this key is still running" },
  "version-conflict": { status: 412, title: "The task has changed since it was read" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body must be application/json" },
  "expectation-failed": { status: 417, title: "The expectation cannot be met" },
  "idempotency-key-reused": { status: 422, title: "The key was used for another request" },
  "if-match-required": { status: 428, title: "If-Match is required" },
  "rate-limited": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "The service failed" },
  unavailable: { status: 503, title: "The service cannot answer now" },
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** One invalid part of a request. */
export interface ProblemDetail {
  /** JSON pointer into the body, or the name of a parameter or header. */
  readonly pointer: string;
  readonly detail: string;
}

/** A refusal with a text for the caller. Any code below a handler may throw it. */
export class Problem extends ServiceError {
  override readonly name = "Problem";
  declare readonly code: ProblemCode;
  readonly errors: readonly ProblemDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: readonly ProblemDetail[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code, detail);
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }

  get status(): number {
    return problemCodes[this.code].status;
  }
}

/** Body of an error, RFC 9457. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly correlation_id?: string;
  readonly trace_id?: string;
  readonly errors?: readonly ProblemDetail[];
}

/** A caller that sends a thousand unknown fields gets the first of them in the answer. */
export const mostErrorsShown = 20;

export function problemBody(problem: Problem): ProblemBody {
  const { status, title } = problemCodes[problem.code];
  const correlation = currentCorrelation();
  const traceId = correlation === undefined ? undefined : traceIdOf(correlation);
  return {
    type: `urn:task-platform:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    code: problem.code,
    ...(correlation === undefined ? {} : { correlation_id: correlation.correlationId }),
    ...(traceId === undefined ? {} : { trace_id: traceId }),
    ...(problem.errors.length === 0 ? {} : { errors: problem.errors.slice(0, mostErrorsShown) }),
  };
}
