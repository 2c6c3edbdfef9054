import { variables } from "@task-platform/contracts";
import { expect, test } from "vitest";
import type { Container } from "../manifests/index.ts";
import { type Place, substitutions, toProcess } from "./substitutions.ts";

const place: Place = {
  root: "/repository",
  node: "/bin/node-24",
  pod: "task-api-1",
  ports: { http: 8080, admin: 20_001 },
  addresses: {
    postgres: { host: "127.0.0.1", port: 20_002, user: "postgres", database: "postgres" },
    redis: { host: "127.0.0.1", port: 20_003 },
    kafka: { brokers: ["127.0.0.1:20004"] },
    registryUrl: "http://127.0.0.1:20005",
  },
};

const container = (env: Readonly<Record<string, string>>, command = ["node"]): Container => ({
  workload: "task-api",
  command,
  args: ["main.ts", "serve"],
  env,
  ports: { http: 8080, admin: 8081 },
  probes: {},
});

test("a container becomes a process with the Node of this project in the root of the repository", () => {
  expect(toProcess(container({ LOG_LEVEL: "info" }), place)).toEqual({
    command: "/bin/node-24",
    args: ["main.ts", "serve"],
    folder: "/repository",
    env: { LOG_LEVEL: "info", BIND_ADDRESS: "127.0.0.1", HTTP_PORT: "8080", ADMIN_PORT: "20001" },
  });
});

test("variables that only make sense in a cluster or on AWS are replaced or left out", () => {
  const { env } = toProcess(
    container({
      POD_NAME: "",
      DATABASE_HOST: "127.0.0.1",
      DATABASE_AUTH: "secret",
      DATABASE_SECRET_ARN: "arn",
      DATABASE_TLS: "verify-full",
      REDIS_HOST: "127.0.0.1",
      REDIS_PORT: "6379",
      REDIS_TLS: "on",
      KAFKA_AUTH: "iam",
      NODE_EXTRA_CA_CERTS: "/app/certs/rds.pem",
    }),
    place,
  );
  expect(env).toEqual({
    POD_NAME: "task-api-1",
    ...{ DATABASE_HOST: "127.0.0.1", DATABASE_PORT: "20002", DATABASE_AUTH: "none", DATABASE_TLS: "off" },
    ...{ REDIS_HOST: "127.0.0.1", REDIS_PORT: "20003", REDIS_TLS: "off", KAFKA_AUTH: "none" },
    ...{ BIND_ADDRESS: "127.0.0.1", HTTP_PORT: "8080", ADMIN_PORT: "20001" },
  });
});

test("a variable that the manifest forgets is not set, and a wrong host stays wrong", () => {
  const { env } = toProcess(container({ DATABASE_HOST: "mistyped.example" }), place);
  expect(env.DATABASE_HOST).toBe("mistyped.example");
  expect(Object.keys(env)).not.toContain("KAFKA_AUTH");
  expect(Object.keys(env)).not.toContain("REDIS_PORT");
});

test("each substitution is for a known variable, is listed once and has a reason", () => {
  const names = substitutions.map(({ variable }) => variable);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !variables.some((each) => each === name))).toEqual([]);
  expect(substitutions.filter(({ reason }) => reason.length < 10)).toEqual([]);
});

test("a container that does not run Node is refused", () => {
  expect(() => toProcess(container({}, ["sh", "-c"]), place)).toThrow('command "sh"');
});
