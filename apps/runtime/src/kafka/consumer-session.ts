import {
  Consumer as Client,
  findErrorBy,
  kOptions,
  type Message,
  type MessagesStream,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
} from "@platformatic/kafka";
import { within } from "../timing/index.ts";
import { connectionOptions, consumerTimeoutMs, fetchTimeoutMs, retryDelayMs } from "./connection.ts";
import type { SessionOptions } from "./consumer-options.ts";
import { toKafkaError } from "./errors.ts";
import { Lanes } from "./lanes.ts";
import type { ReceivedRecord } from "./records.ts";
import { isTimeout } from "./watch/index.ts";

type Stream = MessagesStream<Buffer, Buffer, string, Buffer>;

/** docs/requirements.md, events. */
const sessionTimeoutMs = 45_000;
const heartbeatMs = 15_000;
/** How long the group waits for a member in a rebalance. The client requires more than the session timeout. */
const rebalanceTimeoutMs = 60_000;
/** Records that are handled or wait for it: two full batches of effects, and two more that wait. */
const readAhead = 2_000;
/** Records that the client keeps beside them before it stops fetching. What it has asked for by then is added to that. */
const bufferedAtMost = 100;
/**
 * The most bytes that a fetch returns, compressed, unless its first batch alone is larger. The client keeps all that it has
 * fetched: with its default of 50 MB, 100,000 waiting events took 420 MB of memory. A partition whose records were returned goes
 * to the end of the fetch session, so that none is left behind; a test checks that.
 */
const fetchBytes = 65_536;
/** How long a fetch waits for new records. Short, because closing waits for it; existing records return at once. */
const fetchWaitMs = 500;
/** One commit covers all partitions. 5 per second are cheap and limit how many records a crash repeats. */
const commitEveryMs = 200;
/** A single collision ends with the next try; see `#noticeCollision`. */
const mostCollisions = 3;
/** Limit per step of leaving. Without a coordinator the client would retry for longer than the grace period. */
const closeLimitMs = 5_000;
const hungCloseLimitMs = 500;

/**
 * One membership of the group, from joining to leaving. Every (re)join starts a new assignment with its own stream: the
 * client goes back to the committed offsets, and its buffer may hold records of partitions that were lost and assigned
 * again. Mixing the two could skip records.
 */
export class ConsumerSession {
  readonly #options: SessionOptions;
  readonly #client: Client<Buffer, Buffer, string, Buffer>;
  readonly #failed = Promise.withResolvers<never>();
  readonly #stopping = Promise.withResolvers<"stop">();
  #rejoined = Promise.withResolvers<"rejoin">();
  /** Asked for each record, so it is kept for as long as the client has the same assignments. */
  #owned: { readonly of: unknown; readonly partitions: ReadonlySet<number> } = {
    of: undefined,
    partitions: new Set(),
  };
  #stopped = false;
  #collisions = 0;
  #closeLimitMs = closeLimitMs;
  #commit: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lanes: Lanes | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#client = new Client<Buffer, Buffer, string, Buffer>({
      ...connectionOptions(options.config, options.clientId, consumerTimeoutMs),
      retryDelay: (_client, operation, attempt, _retries, error) => {
        if (operation === "fetch") this.#noticeCollision(error);
        if (operation === "fetch" && isTimeout(error)) this.giveUp("a broker does not answer a fetch");
        return retryDelayMs(attempt);
      },
      groupId: options.group,
      groupInstanceId: options.instance,
      // In a rebalance only the partitions that move are paused.
      protocols: [{ name: "cooperative-sticky", version: 3 }],
      sessionTimeout: options.sessionTimeoutMs ?? sessionTimeoutMs,
      heartbeatInterval: options.heartbeatMs ?? heartbeatMs,
      rebalanceTimeout: Math.max(rebalanceTimeoutMs, options.sessionTimeoutMs ?? 0),
      autocommit: false,
      deserializers: { headerKey: (bytes) => bytes?.toString("utf8") ?? "" },
    });
    // A stream opens its own connections with the options of that moment. The client has no option of its own for them.
    this.#client[kOptions].requestTimeout = fetchTimeoutMs;
    // Without a listener an error in the background ends the process.
    this.#client.on("error", (error: Error) => this.#failed.reject(toKafkaError("consuming", error)));
    this.#client.on("consumer:heartbeat:stalled", () =>
      this.#failed.reject(
        toKafkaError("heartbeat", new Error("the coordinator of the group does not answer")),
      ),
    );
    this.#client.on("consumer:group:join", () => this.#rejoined.resolve("rejoin"));
    this.#failed.promise.catch(() => undefined);
  }

  /** Reads until `stop` is called. Rejects when the membership is broken. */
  async run(): Promise<void> {
    const { topic } = this.#options;
    // Tracked here, so that closing a stream does not drop the topic and start another rebalance.
    this.#client.topics.track(topic);
    await this.#orFail(this.#client.joinGroup({}));
    this.#options.onJoined();
    while (!this.#stopped) {
      this.#rejoined = Promise.withResolvers();
      await this.#readAssignment();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#stopping.resolve("stop");
  }

  /**
   * Ends the session at once, because a broker hangs. The client would ask it again until its retries are used up; a new
   * session asks the others who leads the partitions now. Each step of leaving is short: some would wait for that broker.
   */
  giveUp(reason: string): void {
    this.#closeLimitMs = hungCloseLimitMs;
    this.#failed.reject(toKafkaError("consuming", new Error(reason)));
  }

  /** Leaves the group, so that other members take over at once instead of after the session timeout. */
  async close(): Promise<void> {
    this.stop();
    await within(this.#closeLimitMs, this.#client.close(true));
  }

  /** Whether handlers run. */
  get working(): boolean {
    return this.#lanes?.working ?? false;
  }

  /** Whether the group has given this member the partition. */
  owns(partition: number): boolean {
    const assignments = this.#client.assignments;
    if (assignments !== this.#owned.of) {
      const own = assignments?.filter(({ topic }) => topic === this.#options.topic) ?? [];
      this.#owned = { of: assignments, partitions: new Set(own.flatMap(({ partitions }) => partitions)) };
    }
    return this.#owned.partitions.has(partition);
  }

  async #readAssignment(): Promise<void> {
    this.#options.onAssigned?.();
    const stream = await this.#orFail(
      this.#client.consume({
        topics: [this.#options.topic],
        mode: MessagesStreamModes.COMMITTED,
        fallbackMode: MessagesStreamFallbackModes.EARLIEST,
        autocommit: false,
        maxWaitTime: fetchWaitMs,
        maxBytes: fetchBytes,
        highWaterMark: bufferedAtMost,
      }),
    );
    const lanes = new Lanes({
      handle: this.#options.handle,
      owns: (partition) => this.owns(partition),
      onDone: () => {
        this.#options.onActivity();
        if (stream.isPaused() && lanes.pending < readAhead / 2) stream.resume();
        this.#commitSoon(lanes);
      },
      onError: (error) => this.#failed.reject(error),
    });
    this.#lanes = lanes;
    this.#pump(stream, lanes);
    try {
      await Promise.race([this.#failed.promise, this.#rejoined.promise, this.#stopping.promise]);
    } finally {
      await lanes.finish();
      clearTimeout(this.#timer);
      this.#timer = undefined;
      await within(this.#closeLimitMs, this.#commitNow(lanes));
      await within(this.#closeLimitMs, stream.close()).catch((error: unknown) => this.#failed.reject(error));
    }
  }

  #pump(stream: Stream, lanes: Lanes): void {
    stream.on("error", (error) => this.#failed.reject(toKafkaError("reading", error)));
    // When a stream ends by itself, the client has closed it.
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
   * When a leader moves, the client sends the fetch for the old leader to a broker that it already fetches from. The two
   * fetches then invalidate each other's fetch session until the retries are used up, 13 s later. Starting again at
   * once costs one second.
   */
  #noticeCollision(error: Error): void {
    if (findErrorBy(error, "apiId", "INVALID_FETCH_SESSION_EPOCH") === null) return;
    this.#collisions += 1;
    if (this.#collisions >= mostCollisions) this.#failed.reject(toKafkaError("reading", error));
  }

  #commitSoon(lanes: Lanes): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!lanes.over) void this.#commitNow(lanes);
    }, commitEveryMs);
  }

  /** One commit at a time: of two concurrent commits the lower offset could be written last. */
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
      // Epoch -1 means unknown: the record at the committed offset is not read yet.
      await this.#client.commit({ offsets: offsets.map((one) => ({ ...one, topic, leaderEpoch: -1 })) });
      for (const { partition, offset } of offsets) lanes.committed(partition, offset);
    } catch (error) {
      // Nothing is lost: the next commit covers these offsets, and the processor drops repeated events by their id.
      logger.warn({ error: toKafkaError("committing offsets", error) }, "offsets were not committed");
      if (!lanes.over) this.#commitSoon(lanes);
    }
  }

  /** Stops waiting for the client when the membership is broken or must stop: the client may still be in a retry. */
  async #orFail<T>(work: Promise<T>): Promise<T> {
    const stopped = this.#stopping.promise.then(() => Promise.reject(new Error("stopped")));
    stopped.catch(() => undefined);
    return await Promise.race([work, this.#failed.promise, stopped]);
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
