import { waitUntil } from "../../local/index.ts";
import type { Bench } from "../environment.ts";
import { mostMemoryMb } from "../load/index.ts";
import { outboxRows, writeOutbox } from "./outbox-rows.ts";
import { type Row, type Size, whole } from "./row.ts";

const drainWithinMs = 300_000;
const rowsAtOnce = 5_000;

/** What waits is worked off: rows of the outbox by one relay, then their events by one of each consumer. */
export async function measureBacklog(bench: Bench, size: Size): Promise<readonly Row[]> {
  return [
    await measureRelay(bench, size),
    await measureConsumer(bench, size, "processor", "task_activity"),
    await measureConsumer(bench, size, "analytics", "statistics_events"),
  ];
}

/** Rows that wait in the outbox, published by one relay. Counted from the first tenth, so that its start does not count. */
async function measureRelay(bench: Bench, { events }: Size): Promise<Row> {
  for (let from = 0; from < events; from += rowsAtOnce)
    await writeOutbox(bench, outboxRows(Math.min(rowsAtOnce, events - from)));
  // Not awaited before the count: when it is ready, it has published a part.
  const starting = bench.start("relay");
  const rate = await rateOf(events, async () => events - (await bench.count("outbox")));
  await (await starting).stop();
  return { name: `relay, ${whole(events)} rows waiting`, result: `${whole(rate)}/s`, against: "" };
}

/** The events that the relay published, each a row in the table of one consumer. */
async function measureConsumer(
  bench: Bench,
  { events }: Size,
  role: "processor" | "analytics",
  table: "task_activity" | "statistics_events",
): Promise<Row> {
  const before = await bench.count(table);
  const starting = bench.start(role);
  const rate = await rateOf(events, async () => (await bench.count(table)) - before);
  const consumer = await starting;
  const memory = mostMemoryMb(consumer.pid);
  await consumer.stop();
  return {
    name: `${role}, ${whole(events)} events waiting`,
    result: `${whole(rate)}/s`,
    against: `at most ${whole(memory)} MB of memory`,
  };
}

async function rateOf(total: number, done: () => Promise<number>): Promise<number> {
  const wait = async (part: number): Promise<{ readonly at: number; readonly done: number }> => {
    let now = 0;
    const enough = async (): Promise<boolean> => {
      now = await done();
      return now >= total * part;
    };
    if (!(await waitUntil(enough, { withinMs: drainWithinMs, everyMs: 20 })))
      throw new Error(`only ${now} of ${total} done`);
    return { at: performance.now(), done: now };
  };
  const [first, last] = [await wait(0.1), await wait(1)];
  return ((last.done - first.done) / Math.max(1, last.at - first.at)) * 1_000;
}
