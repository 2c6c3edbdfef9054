import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { limitConnections } from "./connection-timers.ts";

/** The order in which things happened; the lengths of times are not asserted. */
async function start(): Promise<{ readonly server: Server; readonly events: string[] }> {
  const events: string[] = [];
  const server = createServer((request, response) => {
    // Longer than every limit, and nobody reads the request meanwhile.
    if (request.url === "/slow") setTimeout(() => response.end("ok"), 1_200);
    else request.resume().once("end", () => response.end("ok"));
  });
  server.keepAliveTimeout = 60_000;
  limitConnections(server, { headersMs: 200, requestMs: 500, firstByteMs: 1_500, checkMs: 20 }, (socket) => {
    socket.end("HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, events };
}

interface Client {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: Promise<void>;
}

function open({ server, events }: Awaited<ReturnType<typeof start>>, name: string): Client {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  let received = "";
  socket.on("data", (data) => {
    received += String(data);
    if (String(data).includes("200 OK")) events.push(`${name} answered`);
  });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      events.push(`${name} closed`);
      resolve();
    });
  });
  return { socket, received: () => received, closed };
}

const whole = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const half = "GET / HTTP/1.1\r\nhost: x\r\n";

test("a connection that is opened ahead outlives one whose headers are slow, and still serves a request", async () => {
  const started = await start();
  const ahead = open(started, "ahead");
  const slow = open(started, "slow");
  slow.socket.write(half);
  await slow.closed;
  expect(slow.received()).toContain("408 Request Timeout");
  ahead.socket.write(whole);
  await expect.poll(ahead.received, { timeout: 10_000 }).toContain("200 OK");
  expect(started.events).toEqual(["slow closed", "ahead answered"]);
});

test("a connection on which nothing ever arrives is closed without an answer", async () => {
  const silent = open(await start(), "silent");
  await silent.closed;
  expect(silent.received()).toBe("");
});

test("a body that is slow is cut, although its headers were quick", async () => {
  const slow = open(await start(), "slow");
  slow.socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc`);
  await slow.closed;
  expect(slow.received()).toContain("408 Request Timeout");
});

test("slow headers of a later request are cut, after quick ones were served", async () => {
  const client = open(await start(), "client");
  client.socket.write(whole);
  await expect.poll(client.received, { timeout: 10_000 }).toContain("200 OK");
  client.socket.write(whole);
  await expect.poll(() => client.received().split("200 OK").length, { timeout: 10_000 }).toBe(3);
  client.socket.write(half);
  await client.closed;
  expect(client.received()).toContain("408 Request Timeout");
});

test("an answer that takes longer than the limits is not cut", async () => {
  const client = open(await start(), "client");
  client.socket.write("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n");
  await expect.poll(client.received, { timeout: 10_000 }).toContain("\r\n\r\n");
  expect(client.received()).toContain("200 OK");
});
