import { errorMessage } from "@task-platform/runtime/errors";
import type { OutgoingRecord, ReceivedRecord } from "@task-platform/runtime/kafka";
import { reasonOf } from "./failures.ts";
import { type Origin, originalHeaders, originHeaders } from "./parking/index.ts";

const longestMessage = 1_000;

/**
 * The original record, byte for byte, for the same partition, with additional headers about the failure. The original
 * headers stay, so that a replay can restore the record.
 */
export function toDeadLetter(
  record: ReceivedRecord,
  origin: Origin,
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
    partition: origin.partition % options.partitions,
    key: record.key,
    value: record.value,
    headers: {
      ...originalHeaders(record.headers),
      "x-exception-reason": reasonOf(error),
      "x-exception-class": error instanceof Error ? error.name : typeof error,
      "x-exception-message": errorMessage(error).slice(0, longestMessage),
      "x-attempts": String(attempts),
      "x-consumer-group": options.group,
      "x-dead-lettered-at": options.now.toISOString(),
      ...originHeaders(origin),
    },
  };
}
