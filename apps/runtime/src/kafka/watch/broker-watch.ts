import { Admin } from "@platformatic/kafka";
import type { KafkaConfig } from "../../config/index.ts";
import type { Logger } from "../../logging/index.ts";
import { pause } from "../../timing/index.ts";
import { connectionOptions, pingTimeoutMs } from "../connection.ts";
import type { BrokerMetrics } from "./metrics.ts";

const everyMs = 1_000;

interface WatchOptions {
  readonly config: KafkaConfig;
  readonly clientId: string;
  readonly metrics: BrokerMetrics;
  readonly logger: Logger;
}

/**
 * Finds brokers that hang: that keep their connections and answer nothing. The client learns it only when a request is
 * overdue, and some requests, such as joining a group, may take as long as a rebalance. A dead broker does not count: its
 * connections break, and the client sees that by itself.
 */
export class BrokerWatch {
  readonly #brokers: readonly string[];
  readonly #hung = new Set<string>();
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(options: WatchOptions) {
    this.#brokers = options.config.brokers;
    this.#running = Promise.all(this.#brokers.map((broker) => this.#watch(broker, options)));
  }

  /** The brokers that hang now. */
  get hung(): readonly string[] {
    return [...this.#hung];
  }

  /** All brokers, those that hang last, so that a new client asks another one first. */
  get order(): readonly string[] {
    return this.#brokers.toSorted((a, b) => Number(this.#hung.has(a)) - Number(this.#hung.has(b)));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #watch(broker: string, { config, clientId, metrics, logger }: WatchOptions): Promise<void> {
    const client = new Admin({
      ...connectionOptions({ ...config, brokers: [broker] }, `${clientId}-watch`, pingTimeoutMs),
      retries: 0,
    });
    client.on("error", () => undefined);
    while (!this.#stop.signal.aborted) {
      const hangs = await hangsNow(client);
      if (hangs !== this.#hung.has(broker)) {
        if (hangs) this.#hung.add(broker);
        else this.#hung.delete(broker);
        metrics.hung.set(this.#hung.size);
        if (hangs) logger.error({ broker }, "a kafka broker hangs");
        else logger.info({ broker }, "the kafka broker answers again");
      }
      await pause(everyMs, this.#stop.signal);
    }
    await client.close().catch(() => undefined);
  }
}

/** True only for a broker that accepts a connection and does not answer. */
async function hangsNow(client: Admin): Promise<boolean> {
  try {
    await client.metadata({ topics: [], forceUpdate: true });
    return false;
  } catch (error) {
    return isTimeout(error);
  } finally {
    // Without what it has learned the client asks only the broker that it was given.
    client.clearMetadata();
  }
}

/** Whether a request was not answered in time; the client nests its errors. */
export function isTimeout(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  if (/timed out/i.test(error.message)) return true;
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return inner.some((one) => isTimeout(one, depth + 1));
}
