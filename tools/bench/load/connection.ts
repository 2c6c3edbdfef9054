import { connect, type Socket } from "node:net";

/** Where an answer ends: after the headers and the bytes that they announce. */
const endOfHeaders = "\r\n\r\n";

/**
 * One connection that sends a request when the answer before it is whole. It reads the status and the length of an answer
 * and nothing else, so that the client takes little of the processor that it shares with what it measures.
 */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #answer: PromiseWithResolvers<number> | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#read(chunk));
    socket.on("error", (error) => this.#answer?.reject(error));
    socket.on("close", () => this.#answer?.reject(new Error("the server closed the connection")));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ host: "127.0.0.1", port });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return new Connection(socket);
  }

  /** The status of the answer. Rejects when the connection ends first. */
  send(request: Buffer): Promise<number> {
    this.#answer = Promise.withResolvers();
    this.#socket.write(request);
    return this.#answer.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headers = this.#received.indexOf(endOfHeaders);
    if (headers === -1) return;
    const head = this.#received.toString("latin1", 0, headers);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const whole = headers + endOfHeaders.length + length;
    if (this.#received.length < whole) return;
    this.#received = this.#received.subarray(whole);
    this.#answer?.resolve(Number(head.slice(9, 12)));
  }
}

/** The bytes of a request. */
export function requestBytes(method: string, path: string, token: string, body = ""): Buffer {
  const headers = [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    ...(token === "" ? [] : [`authorization: Bearer ${token}`]),
    ...(body === "" ? [] : ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${headers.join("\r\n")}${endOfHeaders}${body}`);
}
