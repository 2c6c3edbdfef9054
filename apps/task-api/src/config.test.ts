import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

/** The variables without a default. */
const required = {
  SERVICE_NAME: "task-api",
  DATABASE_HOST: "database.example.com",
  DATABASE_NAME: "tasks",
  DATABASE_USER: "task_api",
  DATABASE_AUTH: "none",
  DATABASE_TLS: "off",
  REDIS_HOST: "cache.example.com",
  REDIS_AUTH: "none",
  REDIS_TLS: "off",
  AUTH_ISSUER: "https://issuer.example.com",
  AUTH_AUDIENCE: "task-api",
  AUTH_JWKS_URL: "https://issuer.example.com/keys",
};

test("Without a setting a quiet watch gets a heartbeat every 20 s", () => {
  expect(readConfig(required).grpc.heartbeatMs).toBe(20_000);
});

test("A heartbeat as rare as the idle time-out of load balancers is refused", () => {
  expect(readConfig({ ...required, WATCH_HEARTBEAT_MS: "59000" }).grpc.heartbeatMs).toBe(59_000);
  expect(() => readConfig({ ...required, WATCH_HEARTBEAT_MS: "60000" })).toThrow("WATCH_HEARTBEAT_MS");
});
