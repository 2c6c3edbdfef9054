import { expect, test } from "vitest";
import { spawnWorker } from "./support.ts";

/** All that a processor must be told. */
const processor = {
  SERVICE_NAME: "task-processor",
  DATABASE_HOST: "127.0.0.1",
  DATABASE_NAME: "tasks",
  DATABASE_USER: "task_processor",
  DATABASE_AUTH: "none",
  DATABASE_TLS: "off",
  KAFKA_BROKERS: "localhost:9092",
  KAFKA_AUTH: "none",
  KAFKA_TLS: "off",
  SCHEMA_REGISTRY_URL: "http://registry:8081",
};

test("a wrong role and every wrong variable are told together, without a stack, and nothing starts", async () => {
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
    'task-worker: got "relai" as role; allowed: relay, processor; give one of them as the only argument.',
    "environment variables: 4 problems, nothing was started.",
    expect.stringContaining("ADMIN_PORT"),
    expect.stringContaining("KAFKA_BROKERS"),
    expect.stringContaining("KAFKA_TLS"),
    expect.stringContaining("SCHEMA_REGISTRY_URL"),
  ]);
});

test("a token over a connection in the clear is refused, and the region that is missing is told with it", async () => {
  const worker = spawnWorker(["processor"], { ...processor, KAFKA_AUTH: "iam" });
  expect(await worker.exit).toBe(1);
  expect(worker.output()).toContain("2 problems");
  expect(worker.output()).toContain("AWS_REGION: got nothing; allowed: a region such as us-east-1");
  expect(worker.output()).toContain('KAFKA_TLS: got "off"; allowed: on');
});

test("a password of the registry over a connection in the clear is refused, and so is a folder without its path", async () => {
  const folder = { ...processor, SCHEMA_REGISTRY_CREDENTIALS_DIR: "/app/secrets/schema-registry" };
  const open = spawnWorker(["processor"], folder);
  expect(await open.exit).toBe(1);
  expect(open.output()).toContain(
    'SCHEMA_REGISTRY_URL: got "http://registry:8081"; allowed: an address that',
  );
  expect(open.output()).toContain("a password would be sent in the clear");
  const wrong = spawnWorker(["processor"], { ...processor, SCHEMA_REGISTRY_CREDENTIALS_DIR: "secrets" });
  expect(await wrong.exit).toBe(1);
  expect(wrong.output()).toContain("SCHEMA_REGISTRY_CREDENTIALS_DIR");
  expect(wrong.output()).toContain("a path that starts with /");
});
