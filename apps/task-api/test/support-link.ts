import { connect, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A TCP proxy to a real back end. A test can cut and restore it, which looks to the service like an outage. */
export interface Link {
  readonly port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function createLink(
  target: { host: string; port: number },
  at: { host: string; port: number } = { host: "127.0.0.1", port: 0 },
): Promise<Link> {
  const sockets = new Set<Socket>();
  let server: Server = createServer();
  const listen = (port: number): Promise<void> => {
    server = createServer((near) => {
      const far = connect(target.port, target.host);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => sockets.delete(one));
        one.pipe(other);
      }
    });
    return new Promise((resolve) => server.listen(port, at.host, resolve));
  };
  await listen(at.port);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(cut);
  return { port, cut, mend: () => listen(port) };
}
