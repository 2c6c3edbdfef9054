import { expect, test } from "vitest";
import { createLogger, type Logger, withCorrelation } from "./index.ts";

function capture(): { logger: Logger; lines: () => Record<string, unknown>[]; text: () => string } {
  const written: string[] = [];
  const logger = createLogger(
    { service: "task-api", level: "info" },
    { write: (line) => void written.push(line) },
  );
  return {
    logger,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(""),
  };
}

test("a line is one JSON object with time in UTC, level as a word, service, logger and message", () => {
  const { logger, lines } = capture();
  logger.info({ port: 1 }, "listening\nforged");
  logger.child({ logger: "redis" }).warn("away");
  logger.debug("not written");
  expect(lines()).toEqual([
    {
      level: "info",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      service: "task-api",
      logger: "main",
      port: 1,
      message: "listening\nforged",
    },
    expect.objectContaining({ level: "warn", logger: "redis", message: "away" }),
  ]);
});

test("a line carries the current correlation, and the user only as a hash", async () => {
  const { logger, lines, text } = capture();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await withCorrelation({ correlationId: "shop-42", userId: "alice", traceparent }, async () => {
    await Promise.resolve();
    logger.info("inside");
  });
  logger.info("outside");
  expect(lines()).toMatchObject([
    { correlation_id: "shop-42", user_id: "2bd806c97f0e00af", trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" },
    { message: "outside" },
  ]);
  expect(lines()[1]).not.toHaveProperty("correlation_id");
  expect(text()).not.toContain("alice");
});

test("values of keys that may hold a secret are not written", () => {
  const { logger, text } = capture();
  logger.info({ token: "hush", headers: { authorization: "hush" }, config: { password: "hush" } }, "x");
  expect(text()).not.toContain("hush");
});

test("the text, code, stack and cause of an error are written, and no other member", () => {
  const { logger, lines, text } = capture();
  const cause = Object.assign(new Error("refused"), { code: "23514", detail: "Failing row contains (hush)" });
  logger.error({ error: new Error("outer", { cause }) }, "failed");
  expect(lines()).toMatchObject([
    { error: { type: "Error", message: "outer", cause: { message: "refused", code: "23514" } } },
  ]);
  expect(text()).not.toContain("hush");
});

test("an error that is its own cause is logged as one line", () => {
  const { logger, lines } = capture();
  const error = new Error("round");
  error.cause = error;
  logger.error({ error }, "failed");
  expect(lines().length).toBe(1);
});
