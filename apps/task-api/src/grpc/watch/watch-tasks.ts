import { type handleServerStreamingCall, Metadata, type ServerWritableStream, status } from "@grpc/grpc-js";
import { correlationHeader, withCorrelation } from "@task-platform/runtime/logging";
import { longestTimerMs } from "@task-platform/runtime/timing";
import { Problem } from "../../problems/index.ts";
import {
  admit,
  type CallSetup,
  codeName,
  correlationIn,
  type Failure,
  logFailure,
  toFailure,
} from "../calls/index.ts";

import type { TaskEventMessage, WatchTasksRequest } from "../messages.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { Watcher } from "./watcher.ts";

/** The most events that wait for one client. A slower client is disconnected, because the events would fill the memory. */
const mostWaitingEvents = 100;
type Stream = ServerWritableStream<WatchTasksRequest, TaskEventMessage>;

/**
 * WatchTasks sends the changes that are committed after the headers of the answer. A client that waits for the headers
 * and then lists misses nothing. The stream ends when the token expires, when the process stops, and when a change may
 * have been missed.
 */
export function watchTasks(
  setup: CallSetup,
  feed: ChangeFeed,
): handleServerStreamingCall<WatchTasksRequest, TaskEventMessage> {
  return (call) => {
    const correlation = correlationIn(call.metadata);
    const settled = withCorrelation(correlation, async () => {
      try {
        await open(setup, feed, call, correlation.correlationId);
        record(setup, call.getPath(), undefined);
      } catch (error) {
        const failure = toFailure(error);
        logFailure(setup, failure, error);
        record(setup, call.getPath(), failure);
        fail(call, failure, correlation.correlationId);
      }
    });
    void settled;
  };
}

async function open(setup: CallSetup, feed: ChangeFeed, call: Stream, correlationId: string): Promise<void> {
  const caller = await admit(setup, call.metadata, "tasks:read", call.request);
  let expiry: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const release = (): void => {
    clearTimeout(expiry);
    stop?.();
  };
  const watcher: Watcher = {
    send: (event) => {
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
  // The client may have cancelled while the watch was being opened, before the listener above was added.
  if (call.cancelled) return release();
  expiry = setTimeout(
    () => watcher.end(new Problem("unauthenticated", "the token has expired; watch again with a new one")),
    Math.min(Math.max(0, caller.expiresAt.getTime() - Date.now()), longestTimerMs),
  );
  const headers = new Metadata();
  headers.set(correlationHeader, correlationId);
  call.sendMetadata(headers);
}

/** In grpc-js, a handler ends a stream with a status by emitting an error. */
function fail(call: Stream, failure: Failure, correlationId: string): void {
  if (call.cancelled || call.destroyed) return;
  failure.metadata.set(correlationHeader, correlationId);
  call.emit("error", failure);
}

/** Records how the stream was opened. Its end is not a failed request, because every stream ends. */
function record({ context }: CallSetup, route: string, failure: Failure | undefined): void {
  context.requests.opened({ method: "POST", route, status: String(failure?.httpStatus ?? 200) });
  const code = codeName(failure?.code ?? status.OK);
  context.logger.info({ logger: "grpc", route, code }, "stream opened or refused");
}
