import { randomUUID } from "node:crypto";
import { type Backoff, backoffMs, pause } from "../timing/index.ts";
import type { ConsumerOptions, SessionOptions } from "./consumer-options.ts";
import { ConsumerSession } from "./consumer-session.ts";
import { type BrokerWatch, LagMeter } from "./watch/index.ts";

/** A member of a consumer group that survives outages of Kafka. */
interface Consumer {
  /** Whether it is a member of its group now. */
  readonly joined: boolean;
  /** Reason to restart the process: the client shows no activity and reports no error. */
  stalled(): string | undefined;
  /** How long records of a partition of this member wait while none of them is committed; 0 when none waits. */
  stuckSeconds(): number;
  /** Starts no more handlers, waits for running ones, commits their offsets, and leaves the group. */
  stop(): Promise<void>;
}

const backoff: Backoff = { firstMs: 500, longestMs: 10_000 };
/**
 * Twice the longest rebalance. Kafka answers a fetch every half second, also without records, and a broken connection
 * causes an error. So a client that is silent for this long hangs.
 */
const stalledAfterMs = 120_000;

/** Longer than to take the place of the last session of the same process, and to fetch; a fetch answers within half a second. */
const silentWhileHungMs = 3_000;

interface State {
  joined: boolean;
  session: ConsumerSession | undefined;
  lastActivity: number;
}

/** Starts at the last committed offsets, or at the earliest record when the group has committed none. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const state: State = { joined: false, session: undefined, lastActivity: performance.now() };
  const stop = new AbortController();
  const sessionOptions: SessionOptions = {
    ...options,
    instance: options.instance ?? `${options.clientId}-${randomUUID()}`,
    onActivity: () => {
      state.lastActivity = performance.now();
    },
    onJoined: () => {
      state.joined = true;
      options.logger.info({ group: options.group, topic: options.topic }, "joined the consumer group");
    },
  };
  const { metrics } = options;
  const lag = metrics === undefined ? undefined : new LagMeter({ ...options, metrics });
  const running = keepReading(sessionOptions, state, stop.signal);
  return {
    get joined() {
      return state.joined;
    },
    stalled: () => {
      const silentMs = performance.now() - state.lastActivity;
      // A handler that waits for a dependency does not hang. After a restart it would only wait again.
      if (state.session?.working === true || silentMs < stalledAfterMs) return undefined;
      return `the kafka consumer has been silent for ${Math.round(silentMs / 1000)} s`;
    },
    stuckSeconds: () => lag?.stuckSeconds((partition) => state.session?.owns(partition) ?? false) ?? 0,
    stop: async () => {
      stop.abort();
      state.session?.stop();
      await Promise.all([running, lag?.stop()]);
    },
  };
}

async function keepReading(options: SessionOptions, state: State, signal: AbortSignal): Promise<void> {
  let failures = 0;
  const { brokers } = options;
  while (!signal.aborted) {
    options.onActivity();
    const config = { ...options.config, brokers: brokers.order };
    const session = new ConsumerSession({ ...options, config });
    state.session = session;
    const guard = giveUpWhenHung(session, brokers, state);
    let failure: unknown;
    try {
      await session.run();
    } catch (error) {
      failure = error;
    }
    clearInterval(guard);
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

/**
 * Ends a session when a broker begins to hang: it may lead a partition or coordinate the group. A session that reads nothing
 * while one hangs is ended too, again and again, until the other brokers have taken over its roles.
 */
function giveUpWhenHung(session: ConsumerSession, brokers: BrokerWatch, state: State): NodeJS.Timeout {
  const before = new Set(brokers.hung);
  return setInterval(() => {
    const hung = brokers.hung;
    const began = hung.some((broker) => !before.has(broker));
    const silent = !session.working && performance.now() - state.lastActivity > silentWhileHungMs;
    if (began || (hung.length > 0 && silent)) session.giveUp(`${hung.join(", ")} hangs`);
  }, 250);
}
