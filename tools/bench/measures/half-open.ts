import { connect, type Socket } from "node:net";
import { restApi } from "@task-platform/contracts";
import type { Bench } from "../environment.ts";
import { Connection, percentile, requestBytes } from "../load/index.ts";
import { type Row, whole } from "./row.ts";

const halfOpen = 2_000;
const checks = 200;

/** Health checks while many connections have sent the first half of a request and nothing more. */
export async function measureHalfOpen(bench: Bench): Promise<readonly Row[]> {
  const api = await bench.start("task-api");
  const alone = await healthChecks(api.port);
  const sockets = await Promise.all(Array.from({ length: halfOpen }, () => openHalf(api.port)));
  const beside = await healthChecks(api.port);
  const open = sockets.filter((socket) => !socket.destroyed).length;
  for (const socket of sockets) socket.destroy();
  await api.stop();
  return [
    {
      name: `health check beside ${whole(halfOpen)} half-open connections`,
      result: `p99 ${beside.toFixed(1)} ms`,
      against: `alone ${alone.toFixed(1)} ms; ${whole(open)} connections were open at the end`,
    },
  ];
}

/** The 99th percentile in milliseconds. */
async function healthChecks(port: number): Promise<number> {
  const connection = await Connection.open(port);
  const request = requestBytes("GET", restApi.healthPath, "");
  const times: number[] = [];
  for (let at = 0; at < checks; at += 1) {
    const begun = performance.now();
    await connection.send(request);
    times.push(performance.now() - begun);
  }
  connection.close();
  return percentile(times, 0.99);
}

function openHalf(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port }, () => {
      socket.write("POST /v1/tasks HTTP/1.1\r\nhost: 127.0.0.1\r\n");
      resolve(socket);
    });
    socket.on("error", reject);
  });
}
