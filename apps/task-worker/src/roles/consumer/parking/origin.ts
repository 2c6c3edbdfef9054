import { headerText, type OutgoingRecord, type ReceivedRecord } from "@task-platform/runtime/kafka";

/** Where an event stands in the topic of the task events, whatever retry topic it is in now. */
export interface Origin {
  /** Empty for a record without a key. */
  readonly key: Buffer;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

const names = {
  topic: "x-original-topic",
  partition: "x-original-partition",
  offset: "x-original-offset",
  timestamp: "x-original-timestamp",
  notBefore: "x-not-before",
} as const;

/** Headers that say where a record was in the beginning. */
export function originHeaders({ topic, partition, offset, timestamp }: Origin): Record<string, string> {
  return {
    [names.topic]: topic,
    [names.partition]: String(partition),
    [names.offset]: String(offset),
    [names.timestamp]: String(timestamp),
  };
}

/** The place of a record of the source topic, whose headers say nothing about places. */
export function ownOrigin({ key, topic, partition, offset, timestamp }: ReceivedRecord): Origin {
  return { key: key ?? Buffer.alloc(0), topic, partition, offset, timestamp };
}

/** The place that the headers of a record of a retry topic say; its own when they are damaged. */
export function originOf(record: ReceivedRecord): Origin {
  const own = ownOrigin(record);
  const topic = headerText(record, names.topic);
  const partition = wholeNumber(headerText(record, names.partition));
  const offset = wholeNumber(headerText(record, names.offset));
  const timestamp = wholeNumber(headerText(record, names.timestamp));
  if (topic === undefined || partition === undefined || offset === undefined) return own;
  return {
    ...own,
    topic,
    partition: Number(partition),
    offset,
    timestamp: timestamp === undefined ? own.timestamp : Number(timestamp),
  };
}

/** A topic in which a failed event waits. */
export interface RetryTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly delayMs: number;
}

/** The record for a retry topic: the same bytes, where they come from, and when they are due. */
export function toRetry(record: ReceivedRecord, origin: Origin, to: RetryTopic, now: number): OutgoingRecord {
  return {
    topic: to.topic,
    partition: origin.partition % to.partitions,
    key: record.key,
    value: record.value,
    headers: {
      ...Object.fromEntries(record.headers),
      ...originHeaders(origin),
      [names.notBefore]: String(now + to.delayMs),
    },
  };
}

/** Milliseconds until a record of a retry topic is due. Never more than its delay, so that a wrong clock stops nothing. */
export function dueInMs(record: ReceivedRecord, { delayMs }: RetryTopic, now: number): number {
  const notBefore = Number(wholeNumber(headerText(record, names.notBefore)) ?? now);
  return Math.min(Math.max(0, notBefore - now), delayMs);
}

/** The headers that a record had in the source topic. */
export function originalHeaders(headers: ReadonlyMap<string, Buffer>): Record<string, Buffer> {
  const own: readonly string[] = Object.values(names);
  return Object.fromEntries([...headers].filter(([name]) => !own.includes(name)));
}

function wholeNumber(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? BigInt(text) : undefined;
}
