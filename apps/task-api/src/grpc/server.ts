import { isIPv6 } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import {
  Server,
  ServerCredentials,
  type ServerOptions,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { Face } from "./admission.ts";
import { ChangeFeed } from "./change-feed.ts";
import { createTaskMethod } from "./create-task.ts";
import { healthServiceDefinition, taskServiceDefinition } from "./definitions.ts";
import { deleteTaskMethod } from "./delete-task.ts";
import { getTaskMethod } from "./get-task.ts";
import { healthService } from "./health.ts";
import { listTasksMethod } from "./list-tasks.ts";
import { unary } from "./unary.ts";
import { updateTaskMethod } from "./update-task.ts";
import { watchTasks } from "./watch-tasks.ts";

export interface GrpcOptions extends Face {
  readonly bind: string;
  readonly port: number;
  readonly isReady: () => Promise<boolean>;
}

export interface GrpcServer {
  /** The port in use, also where 0 was asked for. */
  readonly port: number;
  /** Ends the streams, serves on for `noticeMs`, then waits for the calls that run, and ends. */
  drain(noticeMs: number): Promise<void>;
}

const limits: ServerOptions = {
  // 256 KiB, as REST: a task is at most 20 KiB.
  "grpc.max_receive_message_length": 262_144,
  // Of one connection. A load balancer opens more when these are used up.
  "grpc.max_concurrent_streams": 100,
  // A client that vanished without a word holds its streams for 40 s at most.
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 10_000,
};

/** With the notice before it below the grace of the manifest: the longest statement is 5 s. */
const longestDrainMs = 10_000;

/**
 * The gRPC face of the API on a port of its own. Plain text: TLS of clients ends at the load balancer, and what lies
 * behind it is reached from nowhere else (network policy). No reflection: the proto is published instead.
 */
export async function startGrpcServer(options: GrpcOptions): Promise<GrpcServer> {
  const { context, bind } = options;
  const server = new Server(limits);
  const feed = new ChangeFeed(context.database, context.logger.child({ logger: "watch" }));
  const stopped = new AbortController();
  server.addService(taskServiceDefinition, methods(options, feed));
  server.addService(healthServiceDefinition, healthService(options.isReady, stopped.signal));
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
      feed.endAll();
      await pause(noticeMs);
      stopped.abort();
      await shutDown(server);
    },
  };
}

function methods(face: Face, feed: ChangeFeed): UntypedServiceImplementation {
  return {
    CreateTask: unary(face, createTaskMethod),
    GetTask: unary(face, getTaskMethod),
    ListTasks: unary(face, listTasksMethod),
    UpdateTask: unary(face, updateTaskMethod),
    DeleteTask: unary(face, deleteTaskMethod),
    WatchTasks: watchTasks(face, feed),
  };
}

/** Takes no new call and waits for those that run; what is not done by then is cut off. */
async function shutDown(server: Server): Promise<void> {
  const limit = setTimeout(() => server.forceShutdown(), longestDrainMs);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(limit);
}
