import { once } from "node:events";
import { connect } from "node:net";

/** One request of a pipeline. */
export interface PipelinedRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface PipelinedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Sends all requests on one connection before the first answer, and returns the answers in their order. Node starts every
 * handler at once, so all requests are in progress together.
 */
export async function pipeline(
  url: string,
  requests: readonly PipelinedRequest[],
): Promise<readonly PipelinedAnswer[]> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(requests.map((request) => textOf(request, host)).join(""));
  const answers: PipelinedAnswer[] = [];
  let received = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    for (let next = readAnswer(received); next !== undefined; next = readAnswer(received)) {
      answers.push(next.answer);
      received = received.subarray(next.length);
    }
    if (answers.length === requests.length) break; // leaving the loop destroys the socket
  }
  if (answers.length === requests.length) return answers;
  throw new Error(`the connection ended after ${answers.length} of ${requests.length} answers`);
}

function textOf({ method, path, token, headers = {}, body }: PipelinedRequest, host: string): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const all = {
    host,
    authorization: `Bearer ${token}`,
    ...(body === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", text].join("\r\n");
}

/** The first complete answer in the bytes, with its length; undefined while a part of it is missing. */
function readAnswer(
  bytes: Buffer,
): { readonly answer: PipelinedAnswer; readonly length: number } | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [line = "", ...fields] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = Object.fromEntries(
    fields.map((field) => {
      const at = field.indexOf(":");
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  const length = end + 4 + Number(headers["content-length"] ?? 0);
  if (bytes.length < length) return undefined;
  const text = bytes.subarray(end + 4, length).toString();
  const body = text === "" ? undefined : (JSON.parse(text) as unknown);
  return { answer: { status: Number(line.split(" ")[1]), headers, body }, length };
}
