import { expect, onTestFinished, test } from "vitest";
import type { DeploymentManifest } from "../manifests/index.ts";
import { temporaryFolder } from "../processes/fixtures.ts";
import { acquireLock, Children } from "../processes/index.ts";
import { toPods } from "./index.ts";

function deployment(name: string, replicas: number, ...ports: readonly string[]): DeploymentManifest {
  const container = {
    workload: name,
    command: ["node"],
    args: ["main.ts"],
    env: {},
    ports: Object.fromEntries(ports.map((port) => [port, 8080])),
    probes: {},
  };
  return { name, replicas, graceSeconds: 1, containers: [container] };
}

test("each replica becomes one pod, the first one that serves HTTP has the port of the API, and a stopped deployment has none", async () => {
  const children = new Children(acquireLock(temporaryFolder(), () => undefined));
  onTestFinished(() => children.release());
  const manifests = {
    database: { name: "tasks", owner: "master" },
    topics: [],
    jobs: [],
    deployments: [
      deployment("worker", 1, "admin"),
      deployment("stopped", 0, "http"),
      deployment("api", 2, "http"),
    ],
  };
  const pods = await toPods(manifests, {
    root: "/",
    addresses: {
      postgres: { host: "127.0.0.1", port: 5432, user: "postgres", database: "postgres" },
      redis: { host: "127.0.0.1", port: 6379 },
      kafka: { brokers: ["127.0.0.1:9092"] },
      registryUrl: "http://127.0.0.1:8085",
    },
    children,
    log: () => undefined,
    httpPort: 9000,
  });
  expect(pods.map(({ spec }) => spec.name)).toEqual(["worker-1", "api-1", "api-2"]);
  const [, first, second] = pods.map(({ spec }) => spec.ports.http);
  expect(first).toBe(9000);
  expect(second).not.toBe(9000);
});
