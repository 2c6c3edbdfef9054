import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../tests/support/back-ends.ts";
import { startBackEnds } from "../../../tools/local/back-ends/index.ts";
import { temporaryFolder } from "../../../tools/local/processes/fixtures.ts";
import { createLogger } from "../src/logging/index.ts";
import { createRedis } from "../src/redis/index.ts";

const silent = createLogger({ service: "test", level: "fatal" });

/** A Redis of its own, because the test changes its role. */
async function startServer(): Promise<{ readonly host: string; readonly port: number }> {
  const backEnds = await startBackEnds({
    folder: temporaryFolder(),
    needs: ["redis"],
    durable: false,
    log: () => undefined,
  });
  onTestFinished(() => backEnds.stop());
  if (backEnds.addresses.redis === undefined) throw new Error("there is no Redis");
  return backEnds.addresses.redis;
}

const write = "return redis.call('INCR', KEYS[1])";

test("a connection to a server that has become a replica is dropped without a write, and works again after that", async () => {
  const [server, other] = [await startServer(), await startServer()];
  const service = await createRedis({ ...server, tls: false, auth: { kind: "none" } }, silent);
  onTestFinished(() => service.close());
  await eventually(() => service.client.status === "ready", "the connection");
  expect(await service.client.eval(write, 1, "count")).toBe(1);
  let dropped = 0;
  service.client.on("close", () => {
    dropped += 1;
  });
  const operator = new Redis(server.port, server.host);
  onTestFinished(() => operator.disconnect());
  await operator.call("replicaof", other.host, String(other.port));
  await eventually(() => dropped > 0, "the connection to the replica to be dropped");
  await operator.call("replicaof", "no", "one");
  await eventually(
    async () => typeof (await service.client.eval(write, 1, "count").catch(() => undefined)) === "number",
    "a write to succeed",
  );
});

test("READONLY out of a script drops the connection", async () => {
  const [server, other] = [await startServer(), await startServer()];
  const service = await createRedis({ ...server, tls: false, auth: { kind: "none" } }, silent);
  onTestFinished(() => service.close());
  await eventually(() => service.client.status === "ready", "the connection");
  const operator = new Redis(server.port, server.host);
  onTestFinished(() => operator.disconnect());
  await operator.call("replicaof", other.host, String(other.port));
  const dropped = new Promise<void>((resolve) => service.client.once("close", () => resolve()));
  await expect(service.client.eval(write, 1, "count")).rejects.toThrow(/READONLY/);
  await dropped;
});
