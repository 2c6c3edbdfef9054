import { type handleServerStreamingCall, Metadata, type ServerWritableStream, status } from "@grpc/grpc-js";
import { correlationHeader, withCorrelation } from "@task-platform/runtime";
import { Problem } from "../problems/index.ts";
import { admit, correlationIn, type Face } from "./admission.ts";
import type { ChangeFeed, Watcher } from "./change-feed.ts";
import { codeName } from "./definitions.ts";
import type { TaskEventMessage, WatchTasksRequest } from "./messages.ts";
import { type Failure, toFailure } from "./status.ts";
import { logFailure } from "./unary.ts";

/** Events that wait for a client: who reads so slowly is ended, because they would fill the memory. */
const mostWaitingEvents = 100;
/** The largest delay that Node's timers take. */
const longestTimerMs = 2 ** 31 - 1;

type Stream = ServerWritableStream<WatchTasksRequest, TaskEventMessage>;

/**
 * WatchTasks: changes that are committed after the headers of the answer. A client waits for the headers, lists, and
 * misses nothing. The stream ends with the token, with the process, and when a change may have been missed.
 */
export function watchTasks(
  face: Face,
  feed: ChangeFeed,
): handleServerStreamingCall<WatchTasksRequest, TaskEventMessage> {
  return (call) => {
    const correlation = correlationIn(call.metadata);
    const settled = withCorrelation(correlation, async () => {
      try {
        await open(face, feed, call, correlation.correlationId);
        record(face, call.getPath(), undefined);
      } catch (error) {
        const failure = toFailure(error);
        logFailure(face, failure, error);
        record(face, call.getPath(), failure);
        fail(call, failure, correlation.correlationId);
      }
    });
    void settled;
  };
}

async function open(face: Face, feed: ChangeFeed, call: Stream, correlationId: string): Promise<void> {
  const caller = await admit(face, call.metadata, "tasks:read", call.request);
  let expiry: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const release = (): void => {
    clearTimeout(expiry);
    stop?.();
  };
  const watcher: Watcher = {
    tell: (event) => {
      if (call.cancelled || call.writableEnded) return;
      call.write(event);
      if (call.writableLength > mostWaitingEvents) {
        watcher.end(new Problem("rate-limited", "events are read too slowly; list, then watch again"));
      }
    },
    end: (problem) => {
      release();
      fail(call, toFailure(problem), correlationId);
    },
  };
  stop = await feed.watch(caller.userId, watcher);
  call.on("cancelled", release);
  // Gone while the watch was being opened: the event above has been before.
  if (call.cancelled) return release();
  expiry = setTimeout(
    () => watcher.end(new Problem("unauthenticated", "the token has expired; watch again with a new one")),
    Math.min(Math.max(0, caller.expiresAt.getTime() - Date.now()), longestTimerMs),
  );
  const headers = new Metadata();
  headers.set(correlationHeader, correlationId);
  call.sendMetadata(headers);
}

/** A stream fails by an error that it is given. */
function fail(call: Stream, failure: Failure, correlationId: string): void {
  if (call.cancelled || call.destroyed) return;
  failure.metadata.set(correlationHeader, correlationId);
  call.emit("error", failure);
}

/** How it was opened: a stream that ends as every stream must is no failed request. */
function record({ context }: Face, route: string, failure: Failure | undefined): void {
  context.requests.opened({ method: "POST", route, status: String(failure?.httpStatus ?? 200) });
  const code = codeName(failure?.code ?? status.OK);
  context.logger.info({ logger: "grpc", route, code }, "stream opened or refused");
}
