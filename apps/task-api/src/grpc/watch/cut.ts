import { constants, type ServerHttp2Stream } from "node:http2";

/** Time for a client to read what waits for it, and the status behind it. */
const graceMs = 2_000;

/**
 * Closes the stream of an ended call that its client does not read. The status waits behind the messages, so without this
 * the stream would stay open as long as the client likes, and a shutdown would wait for it.
 */
export function cutWhenStuck(call: object): void {
  const stream = streamOf(call);
  if (stream === undefined || stream.closed) return;
  const limit = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), graceMs);
  stream.once("close", () => clearTimeout(limit));
}

/** grpc-js gives a handler no way to its stream. A test with a client that never reads holds this path. */
function streamOf(call: object): ServerHttp2Stream | undefined {
  return (call as { readonly call?: { readonly stream?: ServerHttp2Stream } }).call?.stream;
}
