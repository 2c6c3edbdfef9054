import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePorts, isPortFree, waitForPort } from "./ports.ts";

async function listen(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
}

test("free ports are distinct, and outside of what the system gives to outgoing connections", async () => {
  const ports = await freePorts(6);
  expect(new Set(ports).size).toBe(6);
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test("a port somebody listens on is taken, and free again afterwards", async () => {
  const [port = 0] = await freePorts(1);
  expect(await isPortFree(port)).toBe(true);
  await listen(port);
  expect(await isPortFree(port)).toBe(false);
});

test("waiting for a port ends when somebody listens, when it is told to stop, and at the deadline", async () => {
  const [port = 0] = await freePorts(1);
  expect(await waitForPort(port, 60_000, () => true)).toBe(false);
  expect(await waitForPort(port, 60, () => false)).toBe(false);
  const waiting = waitForPort(port, 5_000, () => false);
  await listen(port);
  expect(await waiting).toBe(true);
});
