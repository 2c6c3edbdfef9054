import { existsSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../tools/local/processes/fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { Starter } from "./starter.ts";

const slow = 240_000;
const root = join(import.meta.dirname, "..", "..");

test.each(["redis: embedded, ready", "plan of dev", "topics created"])(
  "Ctrl-C after '%s' is answered, ends the start and leaves nothing",
  { timeout: slow },
  async (moment) => {
    const starter = await Starter.start();
    await starter.says(moment);
    const pids = starter.processes().map(({ pid }) => pid);
    starter.signal("SIGINT");
    expect(await starter.exited, starter.output).toBe(0);
    expect(starter.output).toContain("stopping ...");
    await eventually(() => !pids.some(isAlive), `the end of ${pids.join(", ")}`);
    await eventually(() => !existsSync(starter.folder), `the end of ${starter.folder}`);
  },
);

test("with --keep-data the next run has the tasks; --logs shows what the services say; --watch starts changed ones again", {
  timeout: slow,
}, async () => {
  const first = await Starter.start(["--keep-data", "--logs"]);
  onTestFinished(() => rmSync(`${first.folder}-data`, { recursive: true, force: true }));
  await first.ready();
  const tasks = async (starter: Starter, init: RequestInit = {}): Promise<unknown> => {
    const headers = {
      authorization: `Bearer ${starter.address("export TOKEN=")}`,
      "content-type": "application/json",
    };
    return await (await fetch(`http://127.0.0.1:${starter.port}/v1/tasks`, { headers, ...init })).json();
  };
  const task = await tasks(first, { method: "POST", body: '{"title":"kept"}' });
  await first.says(`task-api-1       | {`);
  expect(first.output).toContain("kept data");
  first.signal("SIGINT");
  expect(await first.exited, first.output).toBe(0);

  const second = await Starter.start(["--keep-data", "--watch"], first.port);
  await second.ready();
  expect(await tasks(second)).toMatchObject({ tasks: [task] });
  await second.says("code below apps/ is watched");
  const now = new Date();
  utimesSync(join(root, "apps", "task-worker", "src", "main.ts"), now, now);
  await second.says("starting again: task-analytics-1, task-processor-1, task-relay-1");
  await second.says("task-processor-1 is ready");
  await second.says("task-relay-1 is ready");
});
