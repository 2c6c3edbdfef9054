import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePorts, isPortFree, waitForPort } from "./ports.ts";

async function listen(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
}

test("free ports are distinct, and outside the range of outgoing connections", async () => {
  const ports = await freePorts(6);
  expect(new Set(ports).size).toBe(6);
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test("a port with a listener is not free", async () => {
  const [port = 0] = await freePorts(1);
  expect(await isPortFree(port)).toBe(true);
  await listen(port);
  expect(await isPortFree(port)).toBe(false);
});

test("the wait for a port ends when a server listens", async () => {
  const [port = 0] = await freePorts(1);
  const waiting = waitForPort(port, 5_000, () => false);
  await listen(port);
  expect(await waiting).toBe(true);
});
