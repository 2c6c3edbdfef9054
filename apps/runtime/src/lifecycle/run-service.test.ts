import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";

/** Runs a service with this body of `start` in a separate process, and sends the signal once it logs "ready". */
async function runWith(body: string, options: { signal?: NodeJS.Signals; graceMs?: number } = {}) {
  const program = `
    import { runService } from "${new URL("./index.ts", import.meta.url).href}";
    import { createLogger } from "${new URL("../logging/index.ts", import.meta.url).href}";
    const logger = createLogger({ service: "test", level: "info" });
    const say = (message) => logger.info(message);
    await runService({ name: "test", logger, graceMs: ${options.graceMs ?? 5000}, start: async (lifecycle) => { ${body} } });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const { signal } = options;
  if (signal !== undefined) {
    child.stdout.on("data", (bytes: Buffer) => {
      if (/"message":"(ready|signal me)"/.test(bytes.toString())) child.kill(signal);
    });
  }
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  const lines = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { message: string });
  return { code, messages: lines.map(({ message }) => message) };
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "on %s readiness ends first, then the parts stop in reverse order, and the exit code is 0",
  async (signal) => {
    const { code, messages } = await runWith(
      `lifecycle.signal.addEventListener("abort", () => say("state " + lifecycle.state));
       lifecycle.onStop("first", () => say("first stopped"));
       lifecycle.onStop("second", async () => { await new Promise((done) => setTimeout(done, 50)); say("second stopped"); });
       setInterval(() => {}, 1000);
       lifecycle.ready();`,
      { signal },
    );
    expect([code, messages]).toEqual([
      0,
      ["test is starting", "ready", "stopping", "state stopping", "second stopped", "first stopped", "ended"],
    ]);
  },
);

test("when one part cannot be stopped, the others are stopped, and the exit code is 1", async () => {
  const { code, messages } = await runWith(
    `lifecycle.onStop("first", () => say("first stopped"));
     lifecycle.onStop("second", () => { throw new Error("stuck"); });
     lifecycle.ready();`,
    { signal: "SIGTERM" },
  );
  expect(code).toBe(1);
  expect(messages).toEqual(expect.arrayContaining(["could not be stopped cleanly", "first stopped"]));
});

test("a part that does not stop within the grace period is cut off, and the exit code is 1", async () => {
  const { code, messages } = await runWith(
    `lifecycle.onStop("endless", () => new Promise(() => setInterval(() => {}, 1000))); lifecycle.ready();`,
    { signal: "SIGTERM", graceMs: 200 },
  );
  expect([code, messages]).toEqual([1, expect.arrayContaining(["not drained in time, cut off"])]);
});

test("when the start fails, the parts that were started are stopped, and the exit code is 1", async () => {
  const { code, messages } = await runWith(
    `lifecycle.onStop("first", () => say("first stopped")); throw new Error("no port");`,
  );
  expect([code, messages]).toEqual([
    1,
    ["test is starting", "the service cannot continue", "first stopped", "ended"],
  ]);
});

test("a signal during the start ends the service with exit code 0", async () => {
  const { code, messages } = await runWith(
    `say("signal me");
     const timer = setInterval(() => {}, 1000);
     await new Promise((_, fail) => lifecycle.signal.addEventListener("abort", () => { clearInterval(timer); fail(lifecycle.signal.reason); }));`,
    { signal: "SIGTERM" },
  );
  expect([code, messages.at(-1)]).toEqual([0, "ended"]);
});

test("a part that fails while running drains the service, and the exit code is 1", async () => {
  const { code, messages } = await runWith(
    `lifecycle.onStop("first", () => say("first stopped"));
     setTimeout(() => lifecycle.fail(new Error("gone")), 20);
     lifecycle.ready();`,
  );
  expect([code, messages]).toEqual([
    1,
    ["test is starting", "ready", "the service cannot continue", "first stopped", "ended"],
  ]);
});

test.each([
  ["an exception", `setTimeout(() => { throw new Error("boom"); }, 20);`],
  ["a rejection", `setTimeout(() => void Promise.reject(new Error("boom")), 20);`],
])("%s without a handler is logged and ends the process with exit code 1", async (_, body) => {
  const { code, messages } = await runWith(`setInterval(() => {}, 1000); ${body} lifecycle.ready();`);
  expect([code, messages.at(-1)]).toEqual([1, "unhandled error"]);
});
