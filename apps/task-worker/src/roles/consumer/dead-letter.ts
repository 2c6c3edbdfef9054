import { errorMessage } from "@task-platform/runtime/errors";
import type { OutgoingRecord, ReceivedRecord } from "@task-platform/runtime/kafka";
import { reasonOf } from "./failures.ts";

const longestMessage = 1_000;

/**
 * The original record, byte for byte, for the same partition, with additional headers about the failure. The original
 * headers stay, so that a replay can restore the record.
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
