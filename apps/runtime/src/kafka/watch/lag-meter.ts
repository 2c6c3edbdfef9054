import { Admin, ListOffsetTimestamps } from "@platformatic/kafka";
import type { KafkaConfig } from "../../config/index.ts";
import type { Logger } from "../../logging/index.ts";
import { pause } from "../../timing/index.ts";
import { connectionOptions, pingTimeoutMs } from "../connection.ts";
import { toKafkaError } from "../errors.ts";
import type { ConsumerMetrics } from "./metrics.ts";

const everyMs = 5_000;

interface LagOptions {
  readonly config: KafkaConfig;
  readonly clientId: string;
  readonly group: string;
  readonly topic: string;
  readonly metrics: ConsumerMetrics;
  readonly logger: Logger;
}

interface PartitionLag {
  readonly committed: bigint;
  readonly lag: bigint;
  /** Since when records wait and none was committed; undefined while none waits. */
  readonly since: number | undefined;
}

/**
 * Measures how far the group is behind. It asks the brokers on connections of its own, so it also sees a consumer that hangs
 * or that never becomes a member. While the brokers do not answer, records that waited go on waiting.
 */
export class LagMeter {
  readonly #options: LagOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  readonly #partitions = new Map<number, PartitionLag>();

  constructor(options: LagOptions) {
    this.#options = options;
    this.#running = this.#measureAgainAndAgain();
  }

  /** The longest time for which records of these partitions wait and none is committed. */
  stuckSeconds(owns: (partition: number) => boolean): number {
    const waits = [...this.#partitions].filter(([partition]) => owns(partition));
    return Math.max(0, ...waits.map(([, { since }]) => secondsSince(since)));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #measureAgainAndAgain(): Promise<void> {
    const { config, clientId, logger } = this.#options;
    const admin = new Admin({ ...connectionOptions(config, `${clientId}-lag`, pingTimeoutMs), retries: 0 });
    admin.on("error", () => undefined);
    while (!this.#stop.signal.aborted) {
      await this.#measure(admin).catch((error: unknown) => {
        logger.warn({ error: toKafkaError("measuring the lag", error) }, "the lag was not measured");
        // The leaders may have moved.
        admin.clearMetadata();
      });
      this.#report();
      await pause(everyMs, this.#stop.signal);
    }
    await admin.close().catch(() => undefined);
  }

  async #measure(admin: Admin): Promise<void> {
    const { group, topic } = this.#options;
    const count = (await admin.metadata({ topics: [topic] })).topics.get(topic)?.partitionsCount ?? 0;
    const indexes = Array.from({ length: count }, (_, at) => at);
    const [ends, groups] = await Promise.all([
      admin.listOffsets({
        topics: [
          {
            name: topic,
            partitions: indexes.map((partitionIndex) => ({
              partitionIndex,
              timestamp: ListOffsetTimestamps.LATEST,
            })),
          },
        ],
      }),
      admin.listConsumerGroupOffsets({
        groups: [{ groupId: group, topics: [{ name: topic, partitionIndexes: indexes }] }],
      }),
    ]);
    const committed = new Map(
      groups
        .flatMap(({ topics }) => topics.flatMap(({ partitions }) => partitions))
        .map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]),
    );
    for (const { partitionIndex, offset } of ends.flatMap(({ partitions }) => partitions)) {
      // The offset is -1 while the group has committed none: it then begins at the start.
      const position = committed.get(partitionIndex) ?? -1n;
      this.#note(partitionIndex, position < 0n ? 0n : position, offset);
    }
  }

  #note(partition: number, committed: bigint, end: bigint): void {
    const before = this.#partitions.get(partition);
    const lag = end > committed ? end - committed : 0n;
    const waitsOn = before?.since !== undefined && before.committed === committed;
    const since = lag === 0n ? undefined : waitsOn ? before.since : performance.now();
    this.#partitions.set(partition, { committed, lag, since });
  }

  #report(): void {
    const { metrics } = this.#options;
    for (const [partition, { lag, since }] of this.#partitions) {
      const labels = { partition: String(partition) };
      metrics.lag.set(labels, Number(lag));
      metrics.stuckSeconds.set(labels, secondsSince(since));
    }
  }
}

function secondsSince(since: number | undefined): number {
  return since === undefined ? 0 : (performance.now() - since) / 1_000;
}
