import { expect, test } from "vitest";
import { spawnWorker } from "./support.ts";

test("one message lists the wrong role and every wrong variable, without a stack, and nothing starts", async () => {
  const worker = spawnWorker(["relai"], {
    SERVICE_NAME: "task-relay",
    ADMIN_PORT: "eighty",
    DATABASE_HOST: "127.0.0.1",
    DATABASE_NAME: "tasks",
    DATABASE_USER: "task_relay",
    DATABASE_AUTH: "none",
    DATABASE_TLS: "off",
    KAFKA_BROKERS: "localhost",
    KAFKA_AUTH: "iam",
    KAFKA_TLS: "maybe",
    SCHEMA_REGISTRY_URL: "registry:8081",
  });
  expect(await worker.exit).toBe(1);
  const lines = worker.output().trimEnd().split("\n");
  expect(lines).toEqual([
    'task-worker: got "relai" as role; allowed: relay, processor, analytics; give one of them as the only argument.',
    "environment variables: 4 problems, nothing was started.",
    expect.stringContaining("ADMIN_PORT"),
    expect.stringContaining("KAFKA_BROKERS"),
    expect.stringContaining("KAFKA_TLS"),
    expect.stringContaining("SCHEMA_REGISTRY_URL"),
  ]);
});
