import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../logging/index.ts";
import type { KafkaConfig } from "./config.ts";
import { ConsumerSession } from "./consumer-session.ts";
import type { RecordHandler } from "./lanes.ts";

export type { RecordHandler };

export interface ConsumerOptions {
  readonly config: KafkaConfig;
  readonly clientId: string;
  readonly group: string;
  readonly topic: string;
  /** Keys of one partition that are handled side by side. */
  readonly lanes: number;
  /**
   * Resolves once the effect of the record is durable; only then its offset is committed. A record may come more than
   * once. Rejecting ends the membership, and the record comes again: the handler itself decides about retries and
   * dead letters. The signal asks it to give up waiting.
   */
  readonly handle: RecordHandler;
  readonly logger: Logger;
  /** @default 45 s */
  readonly sessionTimeoutMs?: number;
  /** @default 15 s */
  readonly heartbeatMs?: number;
  /** Called on each sign of life of the client. */
  readonly onActivity: () => void;
  /** Called when the group has been joined. */
  readonly onJoined?: () => void;
}

/** A member of a consumer group that survives outages of Kafka. */
export interface Consumer {
  /** Whether it is a member of its group at the moment. */
  readonly joined: boolean;
  /** Reason to replace the process: the client has fallen silent without an error. */
  stalled(): string | undefined;
  /** Begins nothing new, finishes what has begun, commits it, leaves the group. */
  stop(): Promise<void>;
}

const firstBackoffMs = 500;
const longestBackoffMs = 10_000;
/**
 * Twice the time a rebalance may take. A fetch is answered every half second also when there is nothing to read, and a
 * broken connection ends in an error, so so long a silence is a client that hangs.
 */
const stalledAfterMs = 120_000;

/** Starts reading from the last committed offsets, from the earliest record where the group has none. */
export function startConsumer(options: Omit<ConsumerOptions, "onActivity" | "onJoined">): Consumer {
  const state = { joined: false, stopping: false, session: undefined as ConsumerSession | undefined };
  const stop = new AbortController();
  let lastActivity = performance.now();
  let working = 0;
  const full: ConsumerOptions = {
    ...options,
    handle: async (record, signal) => {
      working += 1;
      try {
        await options.handle(record, signal);
      } finally {
        working -= 1;
        lastActivity = performance.now();
      }
    },
    onActivity: () => {
      lastActivity = performance.now();
    },
    onJoined: () => {
      state.joined = true;
      options.logger.info({ group: options.group, topic: options.topic }, "joined the consumer group");
    },
  };
  const running = keepReading(full, state, stop.signal);
  return {
    get joined() {
      return state.joined;
    },
    stalled: () => {
      const silentMs = performance.now() - lastActivity;
      // A handler that waits for a dependency is not a hang: restarting would only repeat the wait.
      if (working > 0 || silentMs < stalledAfterMs) return undefined;
      return `the kafka consumer has been silent for ${Math.round(silentMs / 1000)} s`;
    },
    stop: async () => {
      state.stopping = true;
      stop.abort();
      state.session?.stop();
      await running;
    },
  };
}

async function keepReading(
  options: ConsumerOptions,
  state: { joined: boolean; stopping: boolean; session: ConsumerSession | undefined },
  signal: AbortSignal,
): Promise<void> {
  let backoffMs = firstBackoffMs;
  while (!state.stopping) {
    options.onActivity();
    const session = new ConsumerSession(options, options.clientId);
    state.session = session;
    try {
      await session.run();
    } catch (error) {
      if (!state.stopping) options.logger.warn({ error, backoffMs }, "kafka consumer starts over");
    }
    if (state.joined) backoffMs = firstBackoffMs;
    state.joined = false;
    await session.close().catch((error: unknown) => {
      options.logger.warn(
        { error },
        "the consumer group was not left; its partitions move after the session timeout",
      );
    });
    if (state.stopping) return;
    await delay(backoffMs, undefined, { signal }).catch(() => undefined);
    backoffMs = Math.min(backoffMs * 2, longestBackoffMs);
  }
}
