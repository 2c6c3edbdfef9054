import { type handleUnaryCall, Metadata, type ServerUnaryCall, status } from "@grpc/grpc-js";
import { type Correlation, correlationHeader, withCorrelation } from "@task-platform/runtime";
import type { Caller, Scope } from "../auth/index.ts";
import type { Context } from "../context.ts";
import { type Transaction, withTransaction } from "../db/index.ts";
import { admit, correlationIn, type Face } from "./admission.ts";
import { codeName } from "./definitions.ts";
import { EndedCall, type Failure, toFailure } from "./status.ts";

/** One call of a method, let in. */
export interface Call<Request> {
  readonly request: Request;
  readonly caller: Caller;
  readonly metadata: Metadata;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly context: Context;
}

export interface Answer<Response> {
  readonly message: Response;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A method with one request and one answer. */
export interface UnaryMethod<Request, Response> {
  readonly scope: Scope;
  answer(call: Call<Request>): Promise<Answer<Response>>;
}

/** The gateway's limit, for callers that set no deadline or a longer one: nothing is worked on for ever. */
const longestCallMs = 30_000;
/** A deadline starts anew when a call arrives: whose client hangs up this shortly before it has seen its own pass. */
const deadlineSlackMs = 100;

/** A method as the server wants it: let in, measured, logged, ended by its deadline, and its errors put into codes. */
export function unary<Request extends object, Response>(
  face: Face,
  method: UnaryMethod<Request, Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const correlation = correlationIn(call.metadata);
    const begun = performance.now();
    const end = face.context.requests.begin();
    const settled = withCorrelation(correlation, async () => {
      try {
        const answer = await answerInTime(face, method, call);
        // Only with an answer: a client that has been sent headers does not retry a failure any more.
        call.sendMetadata(headersOf(correlation, answer.headers));
        callback(null, answer.message);
        record(face, call.getPath(), begun, undefined);
      } catch (error) {
        const failure = toFailure(error);
        failure.metadata.set(correlationHeader, correlation.correlationId);
        logFailure(face, failure, error);
        callback(failure);
        record(face, call.getPath(), begun, failure);
      } finally {
        end();
      }
    });
    void settled;
  };
}

async function answerInTime<Request extends object, Response>(
  face: Face,
  method: UnaryMethod<Request, Response>,
  call: ServerUnaryCall<Request, Response>,
): Promise<Answer<Response>> {
  const ending = new AbortController();
  const ended = Promise.withResolvers<never>();
  const giveUp = (code: status.CANCELLED | status.DEADLINE_EXCEEDED): void => {
    const reason = new EndedCall(code);
    ending.abort(reason);
    ended.reject(reason);
  };
  const remaining = (): number => Number(call.getDeadline()) - Date.now();
  const limit = setTimeout(
    () => giveUp(status.DEADLINE_EXCEEDED),
    Math.max(0, Math.min(remaining(), longestCallMs)),
  );
  call.on("cancelled", () =>
    giveUp(remaining() < deadlineSlackMs ? status.DEADLINE_EXCEEDED : status.CANCELLED),
  );
  const work = async (): Promise<Answer<Response>> => {
    const { request, metadata } = call;
    const caller = await admit(face, metadata, method.scope, request);
    return method.answer({ request, caller, metadata, signal: ending.signal, context: face.context });
  };
  try {
    return await Promise.race([work(), ended.promise]);
  } finally {
    clearTimeout(limit);
  }
}

/**
 * A transaction of a call. When its deadline passes meanwhile, what it did is rolled back: the caller has been told
 * that it failed, and does it again.
 */
export function transact<T>(
  { context, signal }: Call<unknown>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return withTransaction(context.database.pool, async (transaction) => {
    signal.throwIfAborted();
    const result = await work(transaction);
    signal.throwIfAborted();
    return result;
  });
}

function headersOf(correlation: Correlation, more: Readonly<Record<string, string>> = {}): Metadata {
  const metadata = new Metadata();
  metadata.set(correlationHeader, correlation.correlationId);
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return metadata;
}

/** A failure that is ours is logged whole; the caller gets none of it. */
export function logFailure({ context }: Face, { code }: Failure, error: unknown): void {
  if (code === status.INTERNAL) context.logger.error({ logger: "grpc", error }, "call failed");
  if (code === status.UNAVAILABLE) context.logger.warn({ logger: "grpc", error }, "call failed");
}

function record({ context }: Face, route: string, begun: number, failure: Failure | undefined): void {
  const durationMs = performance.now() - begun;
  const labels = { method: "POST", route, status: String(failure?.httpStatus ?? 200) };
  context.requests.answered(labels, durationMs);
  const fields = { route, code: codeName(failure?.code ?? status.OK), duration_ms: Math.round(durationMs) };
  context.logger.info({ logger: "grpc", ...fields }, "call answered");
}
