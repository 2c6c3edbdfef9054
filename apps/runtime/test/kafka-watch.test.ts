import { createServer, type Socket } from "node:net";
import type { MetricsRegistry } from "@task-platform/runtime/admin";
import { createProducer, startConsumer } from "@task-platform/runtime/kafka";
import { expect, onTestFinished, test } from "vitest";
import { backEnds, createTopics, eventually, uniqueName } from "../../../tests/support/back-ends.ts";
import { freePorts } from "../../../tools/local/processes/index.ts";
import { consumerParts, producerParts } from "./kafka-parts.ts";

/** A server that accepts connections and never answers, until it is stopped. */
async function hungServer(): Promise<{ readonly address: string; stop(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
  });
  const [port] = await freePorts(1);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(stop);
  return { address: `127.0.0.1:${port}`, stop };
}

async function value(metricsRegistry: MetricsRegistry, name: string): Promise<number> {
  const { values } = (await metricsRegistry.getSingleMetric(name)?.get()) ?? { values: [] };
  return Math.max(0, ...values.map((one) => one.value));
}

test("a broker that accepts and does not answer hangs, is counted and asked last; one that is gone does not", async () => {
  const hung = await hungServer();
  const [closed] = await freePorts(1);
  const dead = `127.0.0.1:${closed}`;
  const real = backEnds().kafka.brokers[0] ?? "";
  const { brokers, metricsRegistry } = producerParts("watch", [hung.address, dead, real]);
  expect(brokers.hung).toEqual([]);
  await eventually(() => brokers.hung.length > 0, "the broker that hangs");
  expect(brokers.hung).toEqual([hung.address]);
  expect(brokers.order).toEqual([dead, real, hung.address]);
  expect(await value(metricsRegistry, "kafka_brokers_hung")).toBe(1);
  hung.stop();
  await eventually(() => brokers.hung.length === 0, "the broker that is gone");
  expect(brokers.order).toEqual([hung.address, dead, real]);
  expect(await value(metricsRegistry, "kafka_brokers_hung")).toBe(0);
});

test("records that wait are measured per partition, with the time for which none is committed", async () => {
  const { events: topic } = await createTopics({ events: { partitions: 2 } });
  const producer = createProducer(producerParts("lag-producer"));
  const record = (partition: number) => ({
    topic,
    partition,
    key: Buffer.from("key"),
    value: Buffer.from("value"),
    headers: {},
  });
  await producer.send([record(0), record(0), record(1)]);
  await producer.close();
  const blocked = Promise.withResolvers<void>();
  const parts = consumerParts("lag-consumer");
  const consumer = startConsumer({
    ...parts,
    group: uniqueName("group"),
    topic,
    handle: async ({ partition }) => (partition === 0 ? await blocked.promise : undefined),
  });
  onTestFinished(() => consumer.stop());
  const lags = async () => {
    const { values } = (await parts.metricsRegistry.getSingleMetric("consumer_lag")?.get()) ?? { values: [] };
    return Object.fromEntries(values.map(({ labels, value }) => [labels.partition, value]));
  };
  await eventually(async () => (await lags())["1"] === 0, "the partition that is not blocked");
  expect(await lags()).toEqual({ 0: 2, 1: 0 });
  await eventually(() => consumer.stuckSeconds() > 0, "the blocked partition");
  await eventually(
    async () => (await value(parts.metricsRegistry, "consumer_stuck_seconds")) > 0,
    "the metric of the blocked partition",
  );
  blocked.resolve();
  await eventually(async () => (await lags())["0"] === 0, "the released partition");
  expect(consumer.stuckSeconds()).toBe(0);
  expect(await value(parts.metricsRegistry, "consumer_stuck_seconds")).toBe(0);
});
