import { type handleServerStreamingCall, Metadata, type ServerWritableStream, status } from "@grpc/grpc-js";
import { errorMessage } from "@task-platform/runtime/errors";
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

import type { HeartbeatMessage, TaskEventMessage, WatchTasksRequest } from "../messages.ts";
import type { ChangeFeed } from "./change-feed.ts";
import { cutWhenStuck } from "./cut.ts";
import type { Watcher } from "./watcher.ts";

/** The most events that wait for one client. A slower client is disconnected, because the events would fill the memory. */
const mostWaitingEvents = 100;
type Message = TaskEventMessage | HeartbeatMessage;
type Stream = ServerWritableStream<WatchTasksRequest, Message>;

const heartbeat: HeartbeatMessage = { heartbeat: true };

/**
 * WatchTasks sends the changes that are committed after the headers of the answer. A client that waits for the headers
 * and then lists misses nothing. The stream ends when the token expires, when the process stops, and when a change may
 * have been missed. A heartbeat keeps it open while nothing changes: load balancers end a quiet stream, and they do not
 * count the pings of HTTP/2 (grpc/grpc-node#1747).
 */
export function watchTasks(
  setup: CallSetup,
  feed: ChangeFeed,
  heartbeatMs: number,
): handleServerStreamingCall<WatchTasksRequest, Message> {
  return (call) => {
    const correlation = correlationIn(call.metadata);
    const settled = withCorrelation(correlation, async () => {
      try {
        await open(setup, { feed, heartbeatMs }, call, correlation.correlationId);
        record(setup, call.getPath(), undefined);
      } catch (error) {
        const failure = toFailure(error);
        logFailure(setup, failure, error);
        record(setup, call.getPath(), failure);
        fail(call, failure, correlation.correlationId);
      }
    });
    // As for a single call: whatever fails here ends this stream only.
    settled.catch((error: unknown) => {
      setup.context.logger.error({ logger: "grpc", reason: errorMessage(error) }, "stream failed twice");
      cutWhenStuck(call);
    });
  };
}

async function open(
  setup: CallSetup,
  { feed, heartbeatMs }: { readonly feed: ChangeFeed; readonly heartbeatMs: number },
  call: Stream,
  correlationId: string,
): Promise<void> {
  const caller = await admit(setup, call.metadata, "tasks:read", call.request);
  let expiry: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const release = (): void => {
    clearTimeout(expiry);
    clearInterval(beat);
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
  beat = setInterval(() => {
    // Messages that wait for the client keep the stream open themselves.
    if (!call.cancelled && !call.writableEnded && call.writableLength === 0) call.write(heartbeat);
  }, heartbeatMs);
}

/** In grpc-js, a handler ends a stream with a status by emitting an error. */
function fail(call: Stream, failure: Failure, correlationId: string): void {
  if (call.cancelled || call.destroyed) return;
  failure.metadata.set(correlationHeader, correlationId);
  call.emit("error", failure);
  cutWhenStuck(call);
}

/** Records how the stream was opened. Its end is not a failed request, because every stream ends. */
function record({ context }: CallSetup, route: string, failure: Failure | undefined): void {
  context.requests.opened({ method: "POST", route, status: String(failure?.httpStatus ?? 200) });
  const code = codeName(failure?.code ?? status.OK);
  context.logger.info({ logger: "grpc", route, code }, "stream opened or refused");
}
