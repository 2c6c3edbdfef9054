import { Metadata, status } from "@grpc/grpc-js";
import { mostErrorsShown, type Problem, type ProblemCode, problemOf } from "../../problems/index.ts";

/** The call ended before its answer: its deadline has passed, or the caller has cancelled it. */
export class EndedCall extends Error {
  override readonly name = "EndedCall";
  readonly code: status.CANCELLED | status.DEADLINE_EXCEEDED;

  constructor(code: status.CANCELLED | status.DEADLINE_EXCEEDED) {
    super(code === status.CANCELLED ? "the call was cancelled" : "the deadline has passed");
    this.code = code;
  }
}

/** The canonical code of each problem. The table is complete, so it also has problems that only HTTP can have. */
const codes = {
  "invalid-request": status.INVALID_ARGUMENT,
  "malformed-json": status.INVALID_ARGUMENT,
  "invalid-page-token": status.INVALID_ARGUMENT,
  "invalid-idempotency-key": status.INVALID_ARGUMENT,
  "invalid-if-match": status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  "not-found": status.UNIMPLEMENTED,
  "task-not-found": status.NOT_FOUND,
  "method-not-allowed": status.UNIMPLEMENTED,
  // ABORTED: the caller reads again, or waits a little, and then repeats the whole operation.
  "request-in-progress": status.ABORTED,
  "version-conflict": status.ABORTED,
  "body-too-large": status.RESOURCE_EXHAUSTED,
  "unsupported-media-type": status.INVALID_ARGUMENT,
  "expectation-failed": status.INVALID_ARGUMENT,
  // FAILED_PRECONDITION: the same call will never succeed, but another one may.
  "idempotency-key-reused": status.FAILED_PRECONDITION,
  "if-match-required": status.FAILED_PRECONDITION,
  "rate-limited": status.RESOURCE_EXHAUSTED,
  internal: status.INTERNAL,
  unavailable: status.UNAVAILABLE,
} as const satisfies Record<ProblemCode, status>;

/** The status of a failed call. */
export interface Failure {
  readonly code: status;
  readonly details: string;
  /** Trailers: the code of the problem, by which a client decides, and the headers of the REST answer. */
  readonly metadata: Metadata;
  /** The status of the REST answer; for metrics. */
  readonly httpStatus: number;
}

/** 499 is the convention of proxies for a client that closed the connection. */
const httpOfEnded = { [status.CANCELLED]: 499, [status.DEADLINE_EXCEEDED]: 504 } as const;

/** The only place that turns an error into a status. */
export function toFailure(error: unknown): Failure {
  if (error instanceof EndedCall) {
    const { code, message: details } = error;
    return { code, details, metadata: new Metadata(), httpStatus: httpOfEnded[code] };
  }
  const problem = problemOf(error);
  const metadata = new Metadata();
  metadata.set("problem-code", problem.code);
  for (const [name, value] of Object.entries(problem.headers)) metadata.set(name, value);
  return { code: codes[problem.code], details: textOf(problem), metadata, httpStatus: problem.status };
}

/** One text with every error, because a status has no other field for them. */
function textOf({ message, errors }: Problem): string {
  if (errors.length === 0) return message;
  const places = errors.slice(0, mostErrorsShown).map(({ pointer, detail }) => `${pointer} ${detail}`);
  return `${message}: ${places.join("; ")}`;
}

/** The name of a code, for logs. */
export function codeName(code: status): string {
  return status[code];
}
