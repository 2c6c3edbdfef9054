import { errorMessage, type OutgoingRecord, type ReceivedRecord } from "@task-platform/runtime";
import { reasonOf } from "./failures.ts";

/** Longest text of an error in a header. */
const longestMessage = 1_000;

/**
 * The record as it came, byte for byte, in the same partition, with what happened to it in headers of their own. The
 * headers it came with stay, so that a replay can restore it.
 */
export function toDeadLetter(
  record: ReceivedRecord,
  options: {
    readonly topic: string;
    readonly partitions: number;
    readonly group: string;
    readonly now: Date;
  },
  failure: { readonly error: unknown; readonly attempts: number },
): OutgoingRecord {
  const { error, attempts } = failure;
  return {
    topic: options.topic,
    partition: record.partition % options.partitions,
    key: record.key,
    value: record.value,
    headers: {
      ...Object.fromEntries(record.headers),
      "x-exception-reason": reasonOf(error),
      "x-exception-class": error instanceof Error ? error.name : typeof error,
      "x-exception-message": errorMessage(error).slice(0, longestMessage),
      "x-attempts": String(attempts),
      "x-consumer-group": options.group,
      "x-dead-lettered-at": options.now.toISOString(),
      "x-original-topic": record.topic,
      "x-original-partition": String(record.partition),
      "x-original-offset": String(record.offset),
      "x-original-timestamp": String(record.timestamp),
    },
  };
}
