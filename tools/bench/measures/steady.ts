import { topics } from "@task-platform/contracts";
import { Kafka, logLevel } from "kafkajs";
import { enableZstd, waitUntil } from "../../local/index.ts";
import type { Bench } from "../environment.ts";
import { mostMemoryMb, percentile } from "../load/index.ts";
import { outboxRows, writeOutbox } from "./outbox-rows.ts";
import { type Row, type Size, whole } from "./row.ts";

const drainWithinMs = 300_000;
/** How often rows are written under load: often enough that the load is even, seldom enough that writing it costs little. */
const writeEveryMs = 50;
const quietPerSecond = 20;
const busyPerSecond = 10_000;

/** How long an event needs while little happens: from before its commit to its record in Kafka, and to its effect. */
export async function measureLatency(bench: Bench, { seconds }: Size): Promise<readonly Row[]> {
  const services = [await bench.start("relay"), await bench.start("processor")];
  const records = await readRecordTimes(bench);
  const found = await hold(bench, quietPerSecond, seconds * 3);
  await waitUntil(() => records.times.length >= found.written, { withinMs: drainWithinMs });
  await records.stop();
  for (const service of services) await service.stop();
  return [
    {
      name: `${quietPerSecond} events/s`,
      result: `to the effect p50 ${whole(percentile(found.effects, 0.5))}, p99 ${whole(percentile(found.effects, 0.99))} ms`,
      against: `to the record p50 ${whole(percentile(records.times, 0.5))}, p99 ${whole(percentile(records.times, 0.99))} ms`,
    },
  ];
}

/** A load that is held: how many events a second have their effect, and how long after they were written. */
export async function measureHeldLoad(bench: Bench, { heldSeconds }: Size): Promise<readonly Row[]> {
  const [relay, processor] = [await bench.start("relay"), await bench.start("processor")];
  const found = await hold(bench, busyPerSecond, heldSeconds);
  const memory = mostMemoryMb(processor.pid);
  await relay.stop();
  await processor.stop();
  return [
    {
      name: `${whole(busyPerSecond)} events/s offered for ${heldSeconds} s`,
      result: `${whole(found.perSecond)}/s, to the effect p99 ${whole(percentile(found.effects, 0.99))} ms`,
      against: `at most ${whole(found.mostWaiting)} rows waited; processor at most ${whole(memory)} MB`,
    },
  ];
}

interface Held {
  readonly written: number;
  /** Effects a second, until the last one. */
  readonly perSecond: number;
  /** Milliseconds from before the commit of an event until the statement of its effect began. */
  readonly effects: readonly number[];
  readonly mostWaiting: number;
}

/** Writes so many events a second, and waits for all their effects. It writes fewer when the database is too slow. */
async function hold(bench: Bench, perSecond: number, seconds: number): Promise<Held> {
  const before = await bench.count("task_activity");
  const begun = Date.now();
  const everyMs = Math.max(writeEveryMs, 1_000 / perSecond);
  const total = perSecond * seconds;
  let [written, mostWaiting] = [0, 0];
  while (written < total) {
    const due = Math.min(total, Math.ceil(((Date.now() - begun) / 1_000) * perSecond));
    if (due > written) {
      const rows = outboxRows(Math.min(due - written, perSecond));
      await writeOutbox(bench, rows);
      written += rows.length;
      const shards = [...new Set(rows.map(({ shard }) => String(shard)))];
      await bench.query(`select pg_notify('outbox', shard) from unnest($1::text[]) shard`, [shards]);
    }
    const now = Date.now() - begun;
    if (Math.floor(now / 1_000) !== Math.floor((now - everyMs) / 1_000))
      mostWaiting = Math.max(mostWaiting, await bench.count("outbox"));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  const all = async (): Promise<boolean> => (await bench.count("task_activity")) - before >= written;
  if (!(await waitUntil(all, { withinMs: drainWithinMs }))) throw new Error("some events have no effect");
  const perSecondHeld = (written / (Date.now() - begun)) * 1_000;
  const rows = await bench.query(
    `select extract(epoch from processed_at - occurred_at)::float8 * 1000 as ms from task_activity
     where occurred_at >= to_timestamp($1::float8 / 1000)`,
    [begun],
  );
  return { written, perSecond: perSecondHeld, mostWaiting, effects: rows.map(({ ms }) => Number(ms)) };
}

/** Milliseconds from before the commit of each event until a consumer of its own has read its record. */
async function readRecordTimes(bench: Bench): Promise<{ readonly times: number[]; stop(): Promise<void> }> {
  enableZstd();
  const kafka = new Kafka({ clientId: "bench", brokers: [...bench.kafka], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-times-${Date.now()}`, maxWaitTimeInMs: 500 });
  const times: number[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: topics.taskEvents.name, fromBeginning: false });
  const seen = new Set<number>();
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      seen.add(partition);
      times.push(Date.now() - Number(message.headers?.correlation_id?.toString()));
    },
  });
  // It reads from the newest records on, so what was written before it knew them is missing.
  const readsAll = async (): Promise<boolean> => {
    if (seen.size === topics.taskEvents.partitions) return true;
    await writeOutbox(bench, outboxRows(200));
    return false;
  };
  if (!(await waitUntil(readsAll, { withinMs: drainWithinMs, everyMs: 1_000 })))
    throw new Error("the records could not be read");
  times.length = 0;
  return { times, stop: () => consumer.disconnect() };
}
