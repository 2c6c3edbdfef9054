import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, soon, temporaryFolder } from "../processes/fixtures.ts";
import { acquireLock, Children, freePorts } from "../processes/index.ts";
import { Pod, type PodSpec } from "./pod.ts";

const never = new AbortController().signal;

/** A server that answers 500 to every path in the file, and 200 otherwise. TERM ends it. */
const server = (port: number, file: string): string => `
  const { readFileSync } = require("node:fs");
  const server = require("node:http").createServer((request, response) => {
    response.writeHead(readFileSync(${JSON.stringify(file)}, "utf8").includes(request.url) ? 500 : 200).end();
  }).listen(${port}, "127.0.0.1");
  process.on("SIGTERM", () => process.exit(0));`;

interface Setting {
  readonly pod: Pod;
  readonly said: string[];
  /** Sets the paths that are answered with 500. */
  bad(...paths: readonly string[]): void;
}

async function start(script?: string, livenessPeriodSeconds = 0.1): Promise<Setting> {
  const folder = temporaryFolder();
  const file = join(folder, "bad-paths");
  const children = new Children(acquireLock(folder, () => undefined));
  const [port = 0] = await freePorts(1);
  writeFileSync(file, "");
  const probe = { port: "admin", periodSeconds: 0.1, failureThreshold: 2, timeoutSeconds: 1 };
  const spec: PodSpec = {
    name: "one-1",
    process: { command: process.execPath, args: ["-e", script ?? server(port, file)], env: {}, folder },
    ports: { admin: port },
    probes: {
      startup: { ...probe, path: "/start", periodSeconds: 5 },
      readiness: { ...probe, path: "/ready" },
      liveness: { ...probe, path: "/live", periodSeconds: livenessPeriodSeconds },
    },
    graceSeconds: 2,
  };
  const said: string[] = [];
  const pod = new Pod(spec, children, (line) => said.push(line));
  onTestFinished(async () => {
    await pod.stop();
    await children.release();
  });
  pod.start();
  return { pod, said, bad: (...paths) => writeFileSync(file, paths.join()) };
}

test("a container is ready while its readiness probe succeeds", async () => {
  const { pod, said, bad } = await start();
  await pod.waitReady(never);
  bad("/ready");
  expect(await soon(() => !pod.ready())).toBe(true);
  bad();
  expect(await soon(() => pod.ready())).toBe(true);
  expect(said).toEqual(["one-1 is not ready", "one-1 is ready"]);
  expect(pod.restarts).toBe(0);
});

test("a container that fails its liveness probe is restarted", async () => {
  const { pod, said, bad } = await start();
  await pod.waitReady(never);
  const before = pod.pid;
  bad("/live");
  expect(await soon(() => pod.restarts === 1)).toBe(true);
  bad();
  expect(await soon(() => pod.ready() && pod.pid !== before)).toBe(true);
  expect(said).toContain("one-1 failed its liveness probe; stopping it");
  expect(said).toContain("one-1 ended with code 0; it starts again now");
});

test("a container that crashes is restarted", async () => {
  const { pod, said } = await start();
  await pod.waitReady(never);
  const before = pod.pid;
  process.kill(before, "SIGKILL");
  expect(await soon(() => pod.ready() && pod.pid !== before)).toBe(true);
  expect(said).toContain("one-1 was ended by SIGKILL; it starts again now");
});

test("a container that crashes does not wait for its next probe before it is restarted", async () => {
  const { pod } = await start(undefined, 3_600);
  await pod.waitReady(never);
  process.kill(pod.pid, "SIGKILL");
  expect(await soon(() => pod.restarts === 1 && pod.ready())).toBe(true);
});

test("a container that ends three times before it is ready is not restarted, and the error has its last lines", async () => {
  const { pod } = await start('console.error("no such database"); process.exit(3)');
  await expect(pod.waitReady(never)).rejects.toThrow(
    /^one-1 ended with code 3, 3 times before it was ready\. Its last lines:\nno such database/,
  );
});

test("a stop ends the process and starts no new one", async () => {
  const { pod } = await start();
  await pod.waitReady(never);
  const { pid } = pod;
  await pod.stop();
  expect(isAlive(pid)).toBe(false);
  expect(pod.pid).toBe(pid);
});

test("a probe of a port that the container does not declare is refused", () => {
  const children = new Children(acquireLock(temporaryFolder(), () => undefined));
  onTestFinished(() => children.release());
  const probe = { path: "/", port: "adminn", periodSeconds: 1, failureThreshold: 1, timeoutSeconds: 1 };
  const spec = {
    name: "one-1",
    process: { command: "node", args: [], env: {}, folder: "/" },
    ports: { http: 1, admin: 2 },
    probes: { liveness: probe },
    graceSeconds: 1,
  };
  expect(() => new Pod(spec, children, () => undefined)).toThrow(
    "one-1: probes ask port adminn; the container has http, admin",
  );
});
