import { connect, createServer } from "node:net";

const loopback = "127.0.0.1";

/**
 * Ports are taken from here. Below the range from which Linux (32768) and macOS (49152) take the port of an outgoing
 * connection: a broker that restarts must not find its port used by a client.
 */
const firstPort = 20_000;
const lastPort = 29_999;

/** Whether a server may listen on this port of the loopback address now. */
export async function isPortFree(port: number): Promise<boolean> {
  // Listening alone is not proof: with a wildcard listener of another process some systems let both in.
  if (await accepts(port)) return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: loopback, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Distinct ports that are free now, from a random place, so that two runs at the same time rarely meet. */
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
      `only ${found.length} of ${count} ports are free between ${firstPort} and ${lastPort}; end what holds them.`,
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

/** Polls until somebody accepts connections; `false` when the deadline passes or `stop` says that it never will. */
export async function waitForPort(port: number, timeoutMs: number, stop: () => boolean): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !stop()) {
    if (await accepts(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}
