import type pg from "pg";
import type { Producer } from "../../kafka/index.ts";
import type { Logger } from "../../logging/index.ts";
import { type Backoff, backoffMs, pause } from "../../timing/index.ts";
import type { OutboxMetrics } from "./metrics.ts";
import { RelaySession } from "./relay-session.ts";

interface OutboxRelayOptions {
  /** Opens a separate session on the primary: locks and LISTEN belong to a session. */
  readonly connect: () => Promise<pg.Client>;
  readonly topic: string;
  /** Number of shards of the outbox, equal to the partitions of the topic. */
  readonly shards: number;
  readonly producer: Producer;
  /** Id in the schema registry of a version of the schema, counted from 1. */
  readonly schemaId: (version: number) => Promise<number>;
  readonly metrics: OutboxMetrics;
  readonly logger: Logger;
  /** @default 2,000 rows */
  readonly batchSize?: number;
}

/** Moves events from the outbox to Kafka. */
interface OutboxRelay {
  /** Whether it is connected to the database and takes part in the distribution of the shards. */
  readonly connected: boolean;
  /** Age of the oldest event of its shards that waits, as last measured. */
  readonly oldestAgeSeconds: number;
  /** Waits for running batches and gives the shards back. */
  stop(): Promise<void>;
}

/** Measured with three brokers: the most events a second. Larger batches only make a crash repeat more events. */
const defaultBatchSize = 2_000;
const backoff: Backoff = { firstMs: 200, longestMs: 5_000 };

/**
 * Starts relaying. Any number of relays can run: one relay holds each shard, all hold about the same number, and the
 * others take over the shards of a dead relay within about one second.
 */
export function startOutboxRelay(options: OutboxRelayOptions): OutboxRelay {
  const stop = new AbortController();
  let session: RelaySession | undefined;
  const { producer } = options;
  const sessionOptions = {
    ...options,
    batchSize: options.batchSize ?? defaultBatchSize,
    send: (records: Parameters<Producer["send"]>[0]) => producer.send(records),
  };
  const running = (async () => {
    let failures = 0;
    while (!stop.signal.aborted) {
      let delayMs = 0;
      try {
        session = new RelaySession(sessionOptions, await options.connect());
        await session.open();
        failures = 0;
        await session.run(stop.signal);
      } catch (error) {
        failures += 1;
        delayMs = backoffMs(backoff, failures);
        if (!stop.signal.aborted) {
          options.logger.warn({ error, backoffMs: delayMs }, "the outbox relay starts again");
        }
      }
      await session?.close();
      session = undefined;
      await pause(delayMs, stop.signal);
    }
  })();
  return {
    get connected() {
      return session?.connected ?? false;
    },
    get oldestAgeSeconds() {
      return session?.oldestAgeSeconds ?? 0;
    },
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
