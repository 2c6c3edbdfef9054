import { type handleUnaryCall, Metadata, type ServerUnaryCall, status } from "@grpc/grpc-js";
import { errorMessage } from "@task-platform/runtime/errors";
import { type Correlation, correlationHeader, withCorrelation } from "@task-platform/runtime/logging";
import { requireScope, type Scope } from "../../auth/index.ts";
import type { Context } from "../../context.ts";
import type { TaskUser } from "../../tasks/index.ts";
import { admit, type CallSetup, correlationIn } from "./admission.ts";
import { codeName, EndedCall, type Failure, toFailure } from "./failure.ts";

/** A call that has passed the checks. */
export interface Call<Request> {
  readonly request: Request;
  /** The caller, with a signal that ends with the call. */
  readonly user: TaskUser;
  readonly metadata: Metadata;
  readonly context: Context;
}

interface Answer<Response> {
  readonly message: Response;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A method with one request and one answer. */
export interface UnaryMethod<Request, Response> {
  readonly scope: Scope;
  answer(call: Call<Request>): Promise<Answer<Response>>;
}

/** The timeout of the gateway. It also limits calls without a deadline. */
const longestCallMs = 30_000;
/**
 * The server counts a deadline from the arrival of the call, so its deadline is a little later than the client's. A call
 * that is cancelled this shortly before its deadline has reached the deadline of its client.
 */
const deadlineSlackMs = 100;

/**
 * Makes a handler of a method: checks the call, enforces its deadline, logs it, measures it and maps its errors.
 *
 * @throws Error for a method without a scope: the service then does not start.
 */
export function unary<Request extends object, Response>(
  setup: CallSetup,
  method: UnaryMethod<Request, Response>,
): handleUnaryCall<Request, Response> {
  requireScope(method.scope);
  return (call, callback) => {
    const correlation = correlationIn(call.metadata);
    const begun = performance.now();
    const end = setup.context.requests.begin();
    const settled = withCorrelation(correlation, async () => {
      try {
        const answer = await answerInTime(setup, method, call);
        // Send headers only with an answer: a client that has received headers does not retry a failure.
        call.sendMetadata(headersOf(correlation, answer.headers));
        callback(null, answer.message);
        record(setup, call.getPath(), begun, undefined);
      } catch (error) {
        const failure = toFailure(error);
        failure.metadata.set(correlationHeader, correlation.correlationId);
        logFailure(setup, failure, error);
        callback(failure);
        record(setup, call.getPath(), begun, failure);
      } finally {
        end();
      }
    });
    // Whatever fails here fails this call only: an unhandled rejection would end the process with every other call.
    settled.catch((error: unknown) => {
      callback({ code: status.INTERNAL, details: "the service failed" });
      setup.context.logger.error({ logger: "grpc", reason: errorMessage(error) }, "call failed twice");
    });
  };
}

async function answerInTime<Request extends object, Response>(
  setup: CallSetup,
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
    const { userId } = await admit(setup, metadata, method.scope, request);
    const user = { userId, signal: ending.signal };
    return method.answer({ request, user, metadata, context: setup.context });
  };
  try {
    return await Promise.race([work(), ended.promise]);
  } finally {
    clearTimeout(limit);
  }
}

function headersOf(correlation: Correlation, more: Readonly<Record<string, string>> = {}): Metadata {
  const metadata = new Metadata();
  metadata.set(correlationHeader, correlation.correlationId);
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return metadata;
}

/** Logs the whole error of a failure of the service. The caller gets none of its text. */
export function logFailure({ context }: CallSetup, { code }: Failure, error: unknown): void {
  if (code === status.INTERNAL) context.logger.error({ logger: "grpc", error }, "call failed");
  if (code === status.UNAVAILABLE) context.logger.warn({ logger: "grpc", error }, "call failed");
}

function record({ context }: CallSetup, route: string, begun: number, failure: Failure | undefined): void {
  const durationMs = performance.now() - begun;
  const labels = { method: "POST", route, status: String(failure?.httpStatus ?? 200) };
  context.requests.answered(labels, durationMs);
  const fields = { route, code: codeName(failure?.code ?? status.OK), duration_ms: Math.round(durationMs) };
  context.logger.info({ logger: "grpc", ...fields }, "call answered");
}
