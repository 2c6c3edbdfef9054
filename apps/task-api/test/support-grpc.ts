import {
  Client,
  type ClientReadableStream,
  credentials,
  type Deadline,
  Metadata,
  type ServiceError,
  status,
} from "@grpc/grpc-js";
import { loadSync, type MethodDefinition, type PackageDefinition } from "@grpc/proto-loader";
import { taskService } from "@task-platform/contracts";
import { protoPath as healthProto } from "grpc-health-check";
import { onTestFinished } from "vitest";
import { eventually } from "../../../tests/support/back-ends.ts";
import { type Api, createUser } from "./support.ts";

/** The options of a client, independent of those of the server. */
const options = { keepCase: true, defaults: true, longs: Number, enums: String };
const tasks = loadSync(taskService.proto, options);
const health = loadSync(healthProto, options);

export interface GrpcTask {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly created_at: { readonly seconds: number; readonly nanos: number } | null;
  readonly updated_at: { readonly seconds: number; readonly nanos: number } | null;
}

export interface GrpcEvent {
  readonly event_type: string;
  readonly task: GrpcTask;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly heartbeat: boolean;
}

/** The result of a call. */
export interface GrpcAnswer {
  readonly code: string;
  readonly details: string;
  readonly message: unknown;
  readonly headers: Metadata;
  readonly trailers: Metadata;
}

export interface GrpcUser {
  call(method: string, request?: object, more?: CallOptions): Promise<GrpcAnswer>;
  /** The task that the call answers; throws when the call fails. */
  task(method: string, request?: object, more?: CallOptions): Promise<GrpcTask>;
  watch(request?: object): Watch;
}

interface CallOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deadline?: Deadline;
}

/** A stream of changes, as its client sees it. */
interface Watch {
  /** Changes, without the heartbeats. */
  readonly events: GrpcEvent[];
  readonly heartbeats: GrpcEvent[];
  readonly stream: ClientReadableStream<unknown>;
  readonly opened: Promise<Metadata>;
  readonly ended: Promise<{ readonly code: string; readonly details: string }>;
  /** Waits for this many events. */
  has(count: number): Promise<readonly GrpcEvent[]>;
}

/** A client with its own connection, closed after the test. */
export function connectGrpc(api: Pick<Api, "grpcAddress">): Client {
  const client = new Client(api.grpcAddress, credentials.createInsecure());
  onTestFinished(() => client.close());
  return client;
}

/** A caller with a new token of the issuer, on its own connection. */
export async function createGrpcUser(
  api: Api,
  claims = {},
): Promise<GrpcUser & { readonly id: string; readonly token: string }> {
  const { id, token } = await createUser(api, claims);
  return { ...grpcUser(connectGrpc(api), token), id, token };
}

/** A caller with this token, or without a token. */
export function grpcUser(client: Client, token: string | undefined): GrpcUser {
  const metadataOf = (more: Readonly<Record<string, string>> = {}): Metadata => {
    const metadata = new Metadata();
    if (token !== undefined) metadata.set("authorization", `Bearer ${token}`);
    for (const [name, value] of Object.entries(more)) metadata.set(name, value);
    return metadata;
  };
  const call: GrpcUser["call"] = (method, request = {}, { metadata, deadline } = {}) =>
    unaryCall(client, tasksMethod(method), request, metadataOf(metadata), deadline);
  return {
    call,
    task: async (method, request, more) => {
      const answer = await call(method, request, more);
      if (answer.code !== "OK") throw new Error(`${method} ended with ${answer.code}: ${answer.details}`);
      return answer.message as GrpcTask;
    },
    watch: (request = {}) => {
      const stream = openStream(client, tasksMethod("WatchTasks"), request, metadataOf());
      return watchOf(stream);
    },
  };
}

/** Names of all methods of the proto, sorted. */
export const taskMethods: readonly string[] = Object.keys(tasks[taskService.name] ?? {}).toSorted();

export const tasksMethod = (method: string) => methodOf(tasks, taskService.name, method);
export const healthMethod = (method: string) => methodOf(health, "grpc.health.v1.Health", method);

function methodOf(definitions: PackageDefinition, service: string, method: string) {
  const found = (definitions[service] as unknown as Record<string, MethodDefinition<object, object>>)[method];
  if (found === undefined) throw new Error(`no method ${method}`);
  return found;
}

export function unaryCall(
  client: Client,
  method: MethodDefinition<object, object>,
  request: object,
  metadata: Metadata,
  deadline: Deadline = Date.now() + 60_000,
): Promise<GrpcAnswer> {
  return new Promise((resolve) => {
    let headers = new Metadata();
    let outcome: { error: ServiceError | null; message: unknown } = { error: null, message: undefined };
    const running = client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      metadata,
      { deadline },
      (error, message) => {
        outcome = { error, message };
      },
    );
    running.on("metadata", (received: Metadata) => {
      headers = received;
    });
    running.on("status", ({ code, details, metadata: trailers }) => {
      // grpc-js calls the callback right after this event.
      setImmediate(() =>
        resolve({ code: status[code], details, message: outcome.message, headers, trailers }),
      );
    });
  });
}

export function openStream(
  client: Client,
  method: MethodDefinition<object, object>,
  request: object,
  metadata: Metadata,
): ClientReadableStream<unknown> {
  return client.makeServerStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
    request,
    metadata,
  );
}

function watchOf(stream: ClientReadableStream<unknown>): Watch {
  const events: GrpcEvent[] = [];
  const heartbeats: GrpcEvent[] = [];
  const opened = Promise.withResolvers<Metadata>();
  const ended = Promise.withResolvers<{ code: string; details: string }>();
  stream.on("data", (event: GrpcEvent) => (event.heartbeat ? heartbeats : events).push(event));
  stream.on("metadata", opened.resolve);
  stream.on("error", () => undefined); // the status event has the error
  stream.on("status", ({ code, details }) => {
    ended.resolve({ code: status[code], details });
    opened.reject(new Error(`the watch ended with ${status[code]}: ${details}`));
  });
  opened.promise.catch(() => undefined);
  return {
    events,
    heartbeats,
    stream,
    opened: opened.promise,
    ended: ended.promise,
    has: async (count) => {
      await eventually(() => events.length >= count, `${count} events, not ${events.length}`);
      return events;
    },
  };
}
