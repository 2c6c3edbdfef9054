import { Producer as Client, type MessageToProduce, ProduceAcks } from "@platformatic/kafka";
import type { Logger } from "../logging/index.ts";
import type { KafkaConfig } from "./config.ts";
import { connectionOptions } from "./connection.ts";
import { toKafkaError } from "./errors.ts";
import { PartitionQueue } from "./partition-queue.ts";
import type { OutgoingRecord } from "./records.ts";

/** Writes records to Kafka. */
export interface Producer {
  /**
   * Resolves when every record is on all replicas in sync; records of one partition stay in order and in one batch.
   * Who needs order over several calls awaits each. After a failure it is unknown what was written: sending again
   * may write twice, so readers drop what they have seen.
   *
   * @throws KafkaError
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Rejects while no broker answers or the topic is missing. */
  check(topic: string): Promise<void>;
  /** Gives up what is still being retried. */
  close(): Promise<void>;
}

export interface ProducerOptions {
  readonly config: KafkaConfig;
  readonly clientId: string;
  readonly logger: Logger;
}

/**
 * Idempotent, acks from all replicas in sync, zstd (in Node itself, smaller than snappy). One request carries one
 * partition: when the client retries a request that spans partitions, it sends all of them to the leader of the first.
 */
export function createProducer({ config, clientId, logger }: ProducerOptions): Producer {
  const client = new Client<Buffer, Buffer, string, string | Buffer>({
    ...connectionOptions(config, clientId),
    idempotent: true,
    acks: ProduceAcks.ALL,
    compression: "zstd",
    serializers: {
      headerKey: (text) => Buffer.from(text ?? ""),
      headerValue: (value) => (typeof value === "string" ? Buffer.from(value) : value),
    },
  });
  // Without a listener an error of a connection in the background ends the process.
  client.on("error", (error: Error) => logger.warn({ error }, "kafka producer reports an error"));
  const queues = new Map<string, PartitionQueue>();
  const queueOf = (topic: string, partition: number): PartitionQueue => {
    const id = `${topic}:${partition}`;
    const queue = queues.get(id) ?? new PartitionQueue((records) => sendBatch(client, records));
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

async function sendBatch(
  client: Client<Buffer, Buffer, string, string | Buffer>,
  records: readonly OutgoingRecord[],
): Promise<void> {
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
