import { type Backoff, backoffMs, pause } from "../timing/index.ts";
import type { ConsumerOptions, SessionOptions } from "./consumer-options.ts";
import { ConsumerSession } from "./consumer-session.ts";

/** A member of a consumer group that survives outages of Kafka. */
interface Consumer {
  /** Whether it is a member of its group now. */
  readonly joined: boolean;
  /** Reason to restart the process: the client shows no activity and reports no error. */
  stalled(): string | undefined;
  /** Starts no more handlers, waits for running ones, commits their offsets, and leaves the group. */
  stop(): Promise<void>;
}

const backoff: Backoff = { firstMs: 500, longestMs: 10_000 };
/**
 * Twice the longest rebalance. Kafka answers a fetch every half second, also without records, and a broken connection
 * causes an error. So a client that is silent for this long hangs.
 */
const stalledAfterMs = 120_000;

interface State {
  joined: boolean;
  session: ConsumerSession | undefined;
}

/** Starts at the last committed offsets, or at the earliest record when the group has committed none. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const state: State = { joined: false, session: undefined };
  const stop = new AbortController();
  let lastActivity = performance.now();
  let working = 0;
  const sessionOptions: SessionOptions = {
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
  const running = keepReading(sessionOptions, state, stop.signal);
  return {
    get joined() {
      return state.joined;
    },
    stalled: () => {
      const silentMs = performance.now() - lastActivity;
      // A handler that waits for a dependency does not hang. After a restart it would only wait again.
      if (working > 0 || silentMs < stalledAfterMs) return undefined;
      return `the kafka consumer has been silent for ${Math.round(silentMs / 1000)} s`;
    },
    stop: async () => {
      stop.abort();
      state.session?.stop();
      await running;
    },
  };
}

async function keepReading(options: SessionOptions, state: State, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    options.onActivity();
    const session = new ConsumerSession(options);
    state.session = session;
    let failure: unknown;
    try {
      await session.run();
    } catch (error) {
      failure = error;
    }
    failures = state.joined ? 1 : failures + 1;
    state.joined = false;
    const delayMs = backoffMs(backoff, failures);
    if (!signal.aborted) {
      options.logger.warn({ error: failure, backoffMs: delayMs }, "the kafka consumer starts again");
    }
    await session.close().catch((error: unknown) => {
      options.logger.warn(
        { error },
        "the consumer could not leave its group; its partitions move after the session timeout",
      );
    });
    await pause(delayMs, signal);
  }
}
