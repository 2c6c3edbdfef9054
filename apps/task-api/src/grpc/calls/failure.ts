import { Metadata, status } from "@grpc/grpc-js";
import { mostErrorsShown, type Problem, type ProblemCode, problemOf } from "../problems/index.ts";

/** A call that ended before it was answered: its deadline passed, or its caller has gone. */
export class EndedCall extends Error {
  override readonly name = "EndedCall";
  readonly code: status.CANCELLED | status.DEADLINE_EXCEEDED;

  constructor(code: status.CANCELLED | status.DEADLINE_EXCEEDED) {
    super(code === status.CANCELLED ? "the call was cancelled" : "the deadline has passed");
    this.code = code;
  }
}

/** The canonical code of each problem. Those that only HTTP can have are named all the same: the table is whole. */
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
  // Both: read again, or wait a little, then do the whole of it again.
  "request-in-progress": status.ABORTED,
  "version-conflict": status.ABORTED,
  "body-too-large": status.RESOURCE_EXHAUSTED,
  "unsupported-media-type": status.INVALID_ARGUMENT,
  // Both: the same call will never succeed, another one may.
  "idempotency-key-reused": status.FAILED_PRECONDITION,
  "if-match-required": status.FAILED_PRECONDITION,
  "rate-limited": status.RESOURCE_EXHAUSTED,
  internal: status.INTERNAL,
  unavailable: status.UNAVAILABLE,
} as const satisfies Record<ProblemCode, status>;

/** How a call failed. */
export interface Failure {
  readonly code: status;
  readonly details: string;
  /** Trailers: the code of the problem, by which a client decides, and what REST says in headers. */
  readonly metadata: Metadata;
  /** What HTTP would have answered; for metrics. */
  readonly httpStatus: number;
}

/** 499 as proxies write it for a client that went away; 504 for what took too long. */
const httpOfEnded = { [status.CANCELLED]: 499, [status.DEADLINE_EXCEEDED]: 504 } as const;

/** The one place where what was thrown becomes a status. */
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

/** All places that are wrong, in one text: a status has no other room for them. */
function textOf({ message, errors }: Problem): string {
  if (errors.length === 0) return message;
  const places = errors.slice(0, mostErrorsShown).map(({ pointer, detail }) => `${pointer} ${detail}`);
  return `${message}: ${places.join("; ")}`;
}
