import type { handleServerStreamingCall, handleUnaryCall, Server, ServerWritableStream } from "@grpc/grpc-js";
import { taskService } from "@task-platform/contracts";
import { HealthImplementation } from "grpc-health-check";

type Unary = handleUnaryCall<unknown, unknown>;
type Stream = handleServerStreamingCall<unknown, unknown>;

/** Readiness itself asks its dependencies at most this often. */
const refreshEveryMs = 1_000;

/** The whole server, and its only service. */
const services: readonly string[] = ["", taskService.name];

export interface Health {
  /** Reports a change of readiness to the open Watch streams. */
  refresh(): Promise<void>;
  endWatches(): void;
}

/**
 * Adds the standard health service. It needs no token and says the same as the readiness probe.
 *
 * The package answers with the status that was set last, and never ends a Watch stream. So every call refreshes the status
 * first, and the drain ends the streams: a server that stops waits for its open calls.
 */
export function addHealth(server: Server, isReady: () => Promise<boolean>): Health {
  const implementation = new HealthImplementation();
  const watches = new Set<ServerWritableStream<unknown, unknown>>();
  let ended = false;
  let serving: boolean | undefined;
  const refresh = async (): Promise<void> => {
    const ready = await isReady();
    if (ready === serving) return;
    serving = ready;
    for (const service of services) implementation.setStatus(service, ready ? "SERVING" : "NOT_SERVING");
  };
  const fresh =
    (handle: Unary): Unary =>
    (call, callback) =>
      void refresh().then(() => handle(call, callback));
  const tracked =
    (handle: Stream): Stream =>
    (call) =>
      void refresh().then(() => {
        if (call.cancelled) return;
        if (ended) return call.end();
        watches.add(call);
        call.on("cancelled", () => watches.delete(call));
        handle(call);
      });
  implementation.addToServer({
    addService: (service, { check, list, watch }) =>
      server.addService(service, {
        check: fresh(check as Unary),
        list: fresh(list as Unary),
        watch: tracked(watch as Stream),
      }),
  });
  const timer = setInterval(() => {
    if (watches.size > 0) void refresh();
  }, refreshEveryMs).unref();
  return {
    refresh,
    endWatches: () => {
      ended = true;
      clearInterval(timer);
      for (const watch of watches) watch.end();
    },
  };
}
