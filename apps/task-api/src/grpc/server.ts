import { isIPv6 } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Server, ServerCredentials, type ServerOptions } from "@grpc/grpc-js";
import type { CallSetup } from "./calls/index.ts";
import { addHealth } from "./health.ts";
import { unaryMethods } from "./methods/index.ts";
import { taskServiceDefinition } from "./task-service.ts";
import { ChangeFeed, watchTasks } from "./watch/index.ts";

export interface GrpcOptions extends CallSetup {
  readonly bind: string;
  readonly port: number;
  /** Time between heartbeats of a watch. */
  readonly heartbeatMs: number;
  readonly isReady: () => Promise<boolean>;
}

export interface GrpcServer {
  /** The port in use, also where 0 was asked for. */
  readonly port: number;
  /** Ends the streams, keeps serving calls for `noticeMs`, then waits for the running calls and stops. */
  drain(noticeMs: number): Promise<void>;
}

const limits: ServerOptions = {
  // 256 KiB, like REST. A task is at most 20 KiB.
  "grpc.max_receive_message_length": 262_144,
  // Per connection. A load balancer opens another connection when these are used up.
  "grpc.max_concurrent_streams": 100,
  // A client that disappears without closing its connection keeps its streams for at most 40 s.
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 10_000,
};

/** Together with the notice, below the grace period of the manifest. The longest statement takes 5 s. */
const longestDrainMs = 10_000;

/**
 * Serves the gRPC API on its own port. Without TLS: the load balancer terminates the TLS of clients, and the network
 * policy allows connections to this port only from there. Without reflection: the proto is published.
 */
export async function startGrpcServer(options: GrpcOptions): Promise<GrpcServer> {
  const { context, bind, isReady } = options;
  const server = new Server(limits);
  const feed = new ChangeFeed(context.database, context.logger.child({ logger: "watch" }));
  server.addService(taskServiceDefinition, {
    ...unaryMethods(options),
    WatchTasks: watchTasks(options, feed, options.heartbeatMs),
  });
  const health = addHealth(server, isReady);
  const host = isIPv6(bind) ? `[${bind}]` : bind;
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${options.port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    drain: async (noticeMs) => {
      feed.close();
      await health.refresh();
      await pause(noticeMs);
      health.endWatches();
      await shutDown(server);
    },
  };
}

/** Refuses new calls and waits for the running ones. After the limit, it cuts them off. */
async function shutDown(server: Server): Promise<void> {
  const limit = setTimeout(() => server.forceShutdown(), longestDrainMs);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(limit);
}
