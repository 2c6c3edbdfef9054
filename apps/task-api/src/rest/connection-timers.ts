import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Limits in milliseconds. */
export interface ConnectionLimits {
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestMs: number;
  /** From the opening of a connection to its first byte: a load balancer opens connections ahead. */
  readonly firstByteMs: number;
  /** How often the connections are looked at; each limit is exceeded by at most twice this time. */
  readonly checkMs: number;
}

interface Connection {
  /** Nothing has arrived; headers are arriving; a body arrives or an answer is made; waiting for the next request. */
  phase: "new" | "headers" | "request" | "idle";
  since: number;
  request?: IncomingMessage;
  /** Bytes read when the phase began. */
  bytes: number;
}

/**
 * Cuts slow clients. Node's own timers start when the connection is opened, so a connection that was opened ahead of its
 * first request would be cut like a slow one, and they are looked at every 30 s only. Node still closes a connection that
 * is idle after an answer; see `keepAliveTimeout`.
 *
 * @param refuse answers 408 on the connection and closes it
 */
export function limitConnections(
  server: Server,
  limits: ConnectionLimits,
  refuse: (socket: Socket) => void,
): void {
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  const connections = new Map<Socket, Connection>();
  server.on("connection", (socket: Socket) => {
    connections.set(socket, { phase: "new", since: performance.now(), bytes: 0 });
    socket.once("close", () => connections.delete(socket));
  });
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(request.socket);
    if (connection === undefined) return;
    // The check may not have run since the first byte. Otherwise the time of the headers counts.
    if (connection.phase !== "headers") connection.since = performance.now();
    connection.phase = "request";
    connection.request = request;
    response.once("close", () => {
      Object.assign(connection, {
        phase: "idle",
        since: performance.now(),
        bytes: request.socket.bytesRead,
      } satisfies Connection);
    });
  });
  const timer = setInterval(() => {
    for (const [socket, connection] of connections) check(socket, connection, limits, refuse);
  }, limits.checkMs).unref();
  server.once("close", () => clearInterval(timer));
}

function check(
  socket: Socket,
  connection: Connection,
  { headersMs, requestMs, firstByteMs }: ConnectionLimits,
  refuse: (socket: Socket) => void,
): void {
  const now = performance.now();
  const { phase, since, bytes } = connection;
  if ((phase === "new" || phase === "idle") && socket.bytesRead > bytes) {
    Object.assign(connection, { phase: "headers", since: now, bytes: socket.bytesRead } satisfies Connection);
  } else if (phase === "new" && now - since > firstByteMs) {
    // Nothing was asked, so nothing is answered.
    socket.destroy();
  } else if (
    (phase === "headers" && now - since > headersMs) ||
    // A request that has arrived whole may be answered slowly. The stream of a request that nobody reads never ends, so only
    // the parser knows.
    (phase === "request" && connection.request?.complete !== true && now - since > requestMs)
  ) {
    refuse(socket);
  }
}
