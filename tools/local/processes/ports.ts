import { connect, createServer } from "node:net";
import { waitUntil } from "./wait-until.ts";

const loopback = "127.0.0.1";

/**
 * The range of ports for the back ends. It is below the range that Linux (from 32768) and macOS (from 49152) use for
 * outgoing connections, so that a client cannot occupy the port of a broker that restarts.
 */
const firstPort = 20_000;
const lastPort = 29_999;

/** Whether a server may listen on this port of the loopback address now. */
export async function isPortFree(port: number): Promise<boolean> {
  // A successful listen is no proof: some systems allow it beside a wildcard listener of another process.
  if (await accepts(port)) return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: loopback, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Distinct ports that are free now. The search starts at a random port, so that two runs rarely choose the same ones. */
export async function freePorts(count: number): Promise<number[]> {
  const span = lastPort - firstPort + 1;
  const start = Math.floor(Math.random() * span);
  const found: number[] = [];
  for (let step = 0; step < span && found.length < count; step += 1) {
    const port = firstPort + ((start + step) % span);
    if (await isPortFree(port)) found.push(port);
  }
  if (found.length < count) {
    throw new Error(
      `only ${found.length} of ${count} ports are free between ${firstPort} and ${lastPort}; stop the programs that use them.`,
    );
  }
  return found;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: loopback });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

/** Polls until a server accepts connections. Returns `false` at the deadline, or when `giveUp` says that none will come. */
export async function waitForPort(port: number, timeoutMs: number, giveUp: () => boolean): Promise<boolean> {
  return waitUntil(() => accepts(port), { withinMs: timeoutMs, everyMs: 25, giveUp });
}
