import {
  Consumer as Client,
  findErrorBy,
  type Message,
  type MessagesStream,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
} from "@platformatic/kafka";
import { connectionOptions, retryDelayMs } from "./connection.ts";
import type { ConsumerOptions } from "./consumer.ts";
import { toKafkaError } from "./errors.ts";
import { Lanes } from "./lanes.ts";
import type { ReceivedRecord } from "./records.ts";

type Stream = MessagesStream<Buffer, Buffer, string, Buffer>;

/** Specification section 2. */
const sessionTimeoutMs = 45_000;
const heartbeatMs = 15_000;
/** How long the group waits for a member at a rebalance; the client wants it above the session timeout. */
const rebalanceTimeoutMs = 60_000;
/** Records read ahead: at 0.4 KB each well below a megabyte, and more than a second of work for one pod. */
const readAhead = 1_000;
/** Long poll of a fetch; short, so that closing never waits long. Data that is there is answered at once. */
const fetchWaitMs = 500;
/** A commit is a round trip for all partitions; 5 a second cost nothing and bound what is read twice after a crash. */
const commitEveryMs = 200;
/** One is settled by the next try. */
const mostCollisions = 3;
/** Each step of leaving; without a coordinator the client would retry for longer than the process has. */
const closeLimitMs = 5_000;

/**
 * One membership of the group, from joining to leaving. Every (re)join begins a new assignment with a stream of its own,
 * because the client goes back to the committed offsets then and its buffer may hold records of partitions that were
 * lost and won back: mixing the two could skip records.
 */
export class ConsumerSession {
  readonly #options: ConsumerOptions;
  readonly #client: Client<Buffer, Buffer, string, Buffer>;
  readonly #failed = Promise.withResolvers<never>();
  readonly #stopping = Promise.withResolvers<"stop">();
  #rejoined = Promise.withResolvers<"rejoin">();
  #stopped = false;
  #collisions = 0;
  #commit: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ConsumerOptions, clientId: string) {
    this.#options = options;
    this.#client = new Client<Buffer, Buffer, string, Buffer>({
      ...connectionOptions(options.config, clientId),
      retryDelay: (_client, operation, attempt, _retries, error) => {
        if (operation === "fetch") this.#noticeCollision(error);
        return retryDelayMs(attempt);
      },
      groupId: options.group,
      // Only what moves is stopped at a rebalance, the rest goes on.
      protocols: [{ name: "cooperative-sticky", version: 3 }],
      sessionTimeout: options.sessionTimeoutMs ?? sessionTimeoutMs,
      heartbeatInterval: options.heartbeatMs ?? heartbeatMs,
      rebalanceTimeout: Math.max(rebalanceTimeoutMs, options.sessionTimeoutMs ?? 0),
      autocommit: false,
      deserializers: { headerKey: (bytes) => bytes?.toString("utf8") ?? "" },
    });
    // Without listeners an error in the background ends the process.
    this.#client.on("error", (error: Error) => this.#failed.reject(toKafkaError("consuming", error)));
    this.#client.on("consumer:heartbeat:stalled", () =>
      this.#failed.reject(
        toKafkaError("heartbeat", new Error("the coordinator of the group does not answer")),
      ),
    );
    this.#client.on("consumer:group:join", () => this.#rejoined.resolve("rejoin"));
    this.#failed.promise.catch(() => undefined);
  }

  /** Reads until `stop` is called, rejects when the membership is broken. */
  async run(): Promise<void> {
    const { topic } = this.#options;
    // Held by ourselves, so that closing a stream does not drop the topic and cause another rebalance.
    this.#client.topics.track(topic);
    await this.#orFail(this.#client.joinGroup({}));
    this.#options.onJoined?.();
    while (!this.#stopped) {
      this.#rejoined = Promise.withResolvers();
      await this.#readAssignment();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#stopping.resolve("stop");
  }

  /** Leaves the group, so that others take over at once and not after the session timeout. */
  async close(): Promise<void> {
    this.stop();
    await atMost(closeLimitMs, this.#client.close(true));
  }

  async #readAssignment(): Promise<void> {
    const stream = await this.#orFail(
      this.#client.consume({
        topics: [this.#options.topic],
        mode: MessagesStreamModes.COMMITTED,
        fallbackMode: MessagesStreamFallbackModes.EARLIEST,
        autocommit: false,
        maxWaitTime: fetchWaitMs,
        highWaterMark: readAhead,
      }),
    );
    const lanes = new Lanes({
      lanes: this.#options.lanes,
      handle: this.#options.handle,
      owns: (partition) => this.#owns(partition),
      onDone: () => {
        if (stream.isPaused() && lanes.pending < readAhead / 2) stream.resume();
        this.#commitSoon(lanes);
      },
      onError: (error) => this.#failed.reject(error),
    });
    this.#pump(stream, lanes);
    try {
      await Promise.race([this.#failed.promise, this.#rejoined.promise, this.#stopping.promise]);
    } finally {
      await lanes.finish();
      clearTimeout(this.#timer);
      this.#timer = undefined;
      await atMost(closeLimitMs, this.#commitNow(lanes));
      await atMost(closeLimitMs, stream.close()).catch((error: unknown) => this.#failed.reject(error));
    }
  }

  #pump(stream: Stream, lanes: Lanes): void {
    stream.on("error", (error) => this.#failed.reject(toKafkaError("reading", error)));
    // A stream that ends by itself was closed by the client.
    stream.on("end", () => {
      if (!lanes.over) this.#failed.reject(toKafkaError("reading", new Error("the stream ended")));
    });
    stream.on("fetch", () => this.#options.onActivity());
    stream.on("data", (message) => {
      lanes.add(toRecord(message));
      if (lanes.pending >= readAhead && !lanes.over) stream.pause();
    });
  }

  /**
   * When a leader moves, the client sends the fetch of its old leader to a broker it already fetches from, and the two
   * throw each other out of the one fetch session there until the retries are used up, 13 s later. Starting over at
   * once costs a second.
   */
  #noticeCollision(error: Error): void {
    if (findErrorBy(error, "apiId", "INVALID_FETCH_SESSION_EPOCH") === null) return;
    this.#collisions += 1;
    if (this.#collisions >= mostCollisions) this.#failed.reject(toKafkaError("reading", error));
  }

  #owns(partition: number): boolean {
    const { topic } = this.#options;
    return (
      this.#client.assignments?.some((one) => one.topic === topic && one.partitions.includes(partition)) ??
      false
    );
  }

  #commitSoon(lanes: Lanes): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!lanes.over) void this.#commitNow(lanes);
    }, commitEveryMs);
  }

  /** One commit at a time: of two under way the lower offset could land last. */
  async #commitNow(lanes: Lanes): Promise<void> {
    await this.#commit;
    const offsets = lanes.toCommit();
    if (offsets.length === 0) return;
    this.#commit = this.#commitOffsets(lanes, offsets);
    await this.#commit;
  }

  async #commitOffsets(
    lanes: Lanes,
    offsets: readonly { partition: number; offset: bigint }[],
  ): Promise<void> {
    const { topic, logger } = this.#options;
    try {
      // Epoch -1: unknown, as the offset is of the record that is read next.
      await this.#client.commit({ offsets: offsets.map((one) => ({ ...one, topic, leaderEpoch: -1 })) });
      for (const { partition, offset } of offsets) lanes.committed(partition, offset);
    } catch (error) {
      // Nothing is lost: the next commit covers it, and what is read twice is dropped by its event id.
      logger.warn({ error: toKafkaError("committing offsets", error) }, "offsets were not committed");
      if (!lanes.over) this.#commitSoon(lanes);
    }
  }

  /** The client may hang in a retry while the membership is already known to be broken or unwanted. */
  async #orFail<T>(work: Promise<T>): Promise<T> {
    const stopped = this.#stopping.promise.then(() => Promise.reject(new Error("stopped")));
    stopped.catch(() => undefined);
    return await Promise.race([work, this.#failed.promise, stopped]);
  }
}

async function atMost(limitMs: number, work: Promise<void>): Promise<void> {
  const overdue = Promise.withResolvers<never>();
  const timer = setTimeout(() => overdue.reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  try {
    await Promise.race([work, overdue.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function toRecord(message: Message<Buffer, Buffer, string, Buffer>): ReceivedRecord {
  return {
    topic: message.topic,
    partition: message.partition,
    offset: message.offset,
    key: message.key ?? null,
    value: message.value ?? null,
    headers: message.headers,
    timestamp: Number(message.timestamp),
  };
}
