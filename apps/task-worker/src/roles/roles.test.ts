import { ConfigurationError } from "@task-platform/runtime/config";
import { expect, test } from "vitest";
import { loadRole } from "./index.ts";

const variables = {
  SERVICE_NAME: "task-relay",
  DATABASE_HOST: "127.0.0.1",
  DATABASE_NAME: "tasks",
  DATABASE_USER: "task_relay",
  DATABASE_AUTH: "none",
  DATABASE_TLS: "off",
  KAFKA_BROKERS: "localhost:9092",
  KAFKA_AUTH: "none",
  KAFKA_TLS: "off",
  SCHEMA_REGISTRY_URL: "http://127.0.0.1:8081",
};

test.each(["relay", "processor", "analytics"])(
  "%s is a role, and reports every wrong variable at once",
  async (name) => {
    expect((await loadRole([name], variables)).service.name).toBe("task-relay");
    const wrong = { ...variables, KAFKA_AUTH: "iam", ADMIN_PORT: "eighty", TOPIC_TASK_EVENTS: "two words" };
    const problems = await loadRole([name], wrong).catch((error: unknown) =>
      error instanceof ConfigurationError ? error.problems.map(({ variable }) => variable) : error,
    );
    expect(problems).toEqual(["ADMIN_PORT", "AWS_REGION", "KAFKA_TLS", "TOPIC_TASK_EVENTS"]);
  },
);

test("a role reads only its own variables", async () => {
  const wrong = { ...variables, CONSUMER_GROUP: "two words", TOPIC_DEAD_LETTER: "two words" };
  await loadRole(["relay"], wrong);
  await expect(loadRole(["processor"], wrong)).rejects.toThrow("2 problems");
});

test.each([
  [[], "got nothing as role"],
  [["toString"], 'got "toString" as role'],
  [["relay", "processor"], 'got "relay processor" as role'],
])("the arguments %j are refused", async (args, message) => {
  await expect(loadRole(args, variables)).rejects.toThrow(
    `task-worker: ${message}; allowed: relay, processor, analytics; give one of them as the only argument.`,
  );
});
