import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../tools/local/processes/fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { skip } from "../support/skip.ts";
import { Starter } from "./starter.ts";

const slow = 240_000;

/** Checks that a run left no process and no file. */
async function expectNothingLeft(starter: Starter, pids: readonly number[]): Promise<void> {
  await eventually(() => !pids.some(isAlive), `the end of ${pids.join(", ")}`);
  await eventually(() => !existsSync(starter.folder), `the end of ${starter.folder}`);
}

test("npm start -- --smoke starts dev, passes its smoke test, exits with 0 and leaves nothing", {
  timeout: slow,
}, async () => {
  const starter = await Starter.start(["--smoke"]);
  await starter.says("are ready");
  const names = starter.processes().map(({ name }) => name);
  const pids = starter.processes().map(({ pid }) => pid);
  expect(await starter.exited, starter.output).toBe(0);
  expect(names.toSorted()).toEqual([
    ...["kafka-1", "kafka-2", "kafka-3", "postgres", "redis"],
    ...["task-analytics-1", "task-api-1", "task-processor-1", "task-relay-1"],
  ]);
  expect(starter.output).toMatch(/ok {5}see it processed through Kafka/);
  expect(starter.output).toContain("smoke test passed");
  await expectNothingLeft(starter, pids);
});

test("npm start runs until Ctrl-C in less than 2 GB, refuses a second run on its port, and stops in order", {
  timeout: slow,
}, async (context) => {
  const starter = await Starter.start();
  await starter.ready();
  const pids = starter.processes().map(({ pid }) => pid);

  const answer = await fetch(`http://127.0.0.1:${starter.port}/v1/tasks`, {
    headers: { authorization: `Bearer ${starter.address("export TOKEN=")}` },
  });
  expect(answer.status).toBe(200);

  const second = await Starter.start([], starter.port);
  expect(await second.exited).toBe(1);
  expect(second.output).toContain(`another run (process ${starter.pid}) uses`);

  const before = process.platform === "linux" ? megabytes([...pids, starter.pid]) : undefined;
  starter.signal("SIGINT");
  expect(await starter.exited, starter.output).toBe(0);
  await expectNothingLeft(starter, pids);
  if (before === undefined)
    return skip(context, "the memory of a process is read from /proc, which only Linux has");
  expect(before).toBeLessThan(2048);
});

/** Resident memory. Shared pages are counted once per process, so the sum is an upper bound. */
function megabytes(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

test("a kill -9 of npm start leaves no process and no file", { timeout: slow }, async () => {
  const starter = await Starter.start();
  await starter.ready();
  const pids = starter.processes().map(({ pid }) => pid);
  expect(pids.length).toBe(9);
  starter.signal("SIGKILL");
  await expectNothingLeft(starter, pids);
});

test("a port in use is reported with two solutions before anything starts", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.address() as { port: number };
  const starter = await Starter.start([], port);
  expect(await starter.exited).toBe(1);
  expect(starter.output).toContain(`port ${port} of the task API is taken by another program`);
  expect(starter.output).toContain(`npm start -- --port ${port + 10}`);
  expect(starter.output).not.toContain("ready after");
  expect(existsSync(starter.folder)).toBe(false);
});
