import { Producer as Client, type MessageToProduce, ProduceAcks } from "@platformatic/kafka";
import type { KafkaConfig } from "../config/index.ts";
import type { Logger } from "../logging/index.ts";
import { connectionOptions, producerTimeoutMs } from "./connection.ts";
import { toKafkaError } from "./errors.ts";
import { PartitionQueue } from "./partition-queue.ts";
import type { OutgoingRecord } from "./records.ts";
import type { BrokerWatch } from "./watch/index.ts";

/** Writes records to Kafka. */
export interface Producer {
  /**
   * Resolves when all in-sync replicas have every record. Records of one partition stay in order and in one batch. For
   * order across calls, await each call. After a failure some records may be written: sending them again can write
   * them twice, so consumers drop repeated events.
   *
   * @throws KafkaError
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Rejects when no broker answers or the topic is missing. */
  check(topic: string): Promise<void>;
  /** Gives up running retries. */
  close(): Promise<void>;
}

interface ProducerOptions {
  readonly config: KafkaConfig;
  readonly clientId: string;
  /** Belongs to the caller, who stops it. */
  readonly brokers: BrokerWatch;
  readonly logger: Logger;
}

type KafkaClient = Client<Buffer, Buffer, string, string | Buffer>;

/** A send that lasts longer while a broker hangs probably waits for that one. */
const sendWhileHungMs = 3_000;

/**
 * Idempotent, waits for all in-sync replicas, compresses with zstd (built into Node, smaller than snappy). Each request
 * has one partition: when the client retries a request with several, it sends all of them to the leader of the first.
 *
 * While a broker hangs, sends that take long are given up and fail, and a new client asks the other brokers first: the old
 * one would ask the one that hangs until its retries are used up.
 */
export function createProducer(options: ProducerOptions): Producer {
  const { brokers } = options;
  let client = openClient(options, brokers.order);
  const replace = (old: KafkaClient): void => {
    if (client !== old) return;
    client = openClient(options, brokers.order);
    void old.close(true).catch(() => undefined);
  };
  const send = async (records: readonly OutgoingRecord[]): Promise<void> => {
    const used = client;
    const givenUp = Promise.withResolvers<never>();
    const begun = performance.now();
    const guard = setInterval(() => {
      if (brokers.hung.length === 0 || performance.now() - begun < sendWhileHungMs) return;
      replace(used);
      givenUp.reject(toKafkaError("sending", new Error(`${brokers.hung.join(", ")} hangs`)));
    }, 250);
    try {
      await Promise.race([sendBatch(used, records), givenUp.promise]);
    } finally {
      clearInterval(guard);
    }
  };
  const queues = new Map<string, PartitionQueue>();
  const queueOf = (topic: string, partition: number): PartitionQueue => {
    const id = `${topic}:${partition}`;
    const queue = queues.get(id) ?? new PartitionQueue(send);
    queues.set(id, queue);
    return queue;
  };
  return {
    send: async (records) => {
      const groups = Map.groupBy(records, (record) => `${record.topic}:${record.partition}`);
      const sends = [...groups.values()].flatMap((group) =>
        group[0] === undefined ? [] : [queueOf(group[0].topic, group[0].partition).add(group)],
      );
      const failed = (await Promise.allSettled(sends)).find((result) => result.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    },
    check: async (topic) => {
      try {
        await client.metadata({ topics: [topic], retries: 0 });
      } catch (error) {
        throw toKafkaError(`reading the metadata of ${topic}`, error);
      }
    },
    close: async () => {
      await client.close(true);
    },
  };
}

function openClient({ config, clientId, logger }: ProducerOptions, order: readonly string[]): KafkaClient {
  const client: KafkaClient = new Client({
    ...connectionOptions({ ...config, brokers: order }, clientId, producerTimeoutMs),
    idempotent: true,
    acks: ProduceAcks.ALL,
    compression: "zstd",
    serializers: {
      headerKey: (text) => Buffer.from(text ?? ""),
      headerValue: (value) => (typeof value === "string" ? Buffer.from(value) : value),
    },
  });
  // Without a listener an error of a background connection ends the process.
  client.on("error", (error: Error) => logger.warn({ error }, "kafka producer reports an error"));
  return client;
}

async function sendBatch(client: KafkaClient, records: readonly OutgoingRecord[]): Promise<void> {
  const messages = records.map(
    ({
      topic,
      partition,
      key,
      value,
      headers,
    }): MessageToProduce<Buffer, Buffer, string, string | Buffer> => ({
      topic,
      partition,
      headers,
      ...(key === null ? {} : { key }),
      ...(value === null ? {} : { value }),
    }),
  );
  try {
    await client.send({ messages });
  } catch (error) {
    const first = records[0];
    throw toKafkaError(`sending ${records.length} records to ${first?.topic}/${first?.partition}`, error);
  }
}
