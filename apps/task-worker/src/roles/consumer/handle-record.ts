import { randomUUID } from "node:crypto";
import type { TaskEvent } from "@task-platform/contracts";
import { errorMessage } from "@task-platform/runtime/errors";
import { headerText, type Producer, type ReceivedRecord } from "@task-platform/runtime/kafka";
import { type Logger, withCorrelation } from "@task-platform/runtime/logging";
import { toDeadLetter } from "./dead-letter.ts";
import type { EventDecoder } from "./decode-event.ts";
import { blameOf, reasonOf } from "./failures.ts";
import type { EventMetrics } from "./metrics.ts";
import { GivenUpError, type RetryOptions, withRetries } from "./retries.ts";
import type { Outcome } from "./work.ts";

interface RecordHandlerOptions {
  readonly decode: EventDecoder;
  readonly apply: (event: TaskEvent) => Promise<Outcome>;
  readonly producer: Producer;
  readonly group: string;
  readonly deadLetter: { readonly topic: string; readonly partitions: number };
  readonly metrics: EventMetrics;
  readonly logger: Logger;
}

/** Handler of one record: resolves when its effect, or its dead letter, is durable. */
export function createRecordHandler(options: RecordHandlerOptions) {
  return (record: ReceivedRecord, signal: AbortSignal): Promise<void> => {
    const traceparent = headerText(record, "traceparent");
    const correlationId = headerText(record, "correlation_id") ?? randomUUID();
    return withCorrelation({ correlationId, ...(traceparent === undefined ? {} : { traceparent }) }, () =>
      handleRecord(record, signal, options),
    );
  };
}

async function handleRecord(record: ReceivedRecord, signal: AbortSignal, options: RecordHandlerOptions) {
  const { decode, apply, metrics } = options;
  const retrying = retryOptions(record, signal, options);
  try {
    const result = await withRetries(async () => apply(await decode(record.value)), retrying);
    metrics.processed.inc({ result });
    metrics.delaySeconds.observe(Math.max(0, Date.now() - record.timestamp) / 1000);
  } catch (error) {
    if (!(error instanceof GivenUpError)) throw error;
    await deadLetter(record, error, retrying, options);
  }
}

/** Retries until the dead letter is written: committing the offset before would lose the record. */
async function deadLetter(
  record: ReceivedRecord,
  { cause, attempts }: GivenUpError,
  retrying: RetryOptions,
  options: RecordHandlerOptions,
): Promise<void> {
  const { group, producer, metrics, logger } = options;
  const letter = toDeadLetter(
    record,
    { ...options.deadLetter, group, now: new Date() },
    { error: cause, attempts },
  );
  await withRetries(() => producer.send([letter]), { ...retrying, blame: () => "dependency" });
  metrics.processed.inc({ result: "dead_letter" });
  metrics.deadLettered.inc({ reason: reasonOf(cause) });
  const { topic, partition, offset } = record;
  logger.error(
    {
      reason: errorMessage(cause),
      attempts,
      topic,
      partition,
      offset: String(offset),
      deadLetterTopic: letter.topic,
    },
    "the event was dead-lettered",
  );
}

function retryOptions(
  { partition, offset }: ReceivedRecord,
  signal: AbortSignal,
  { metrics, logger }: RecordHandlerOptions,
): RetryOptions {
  return {
    blame: blameOf,
    signal,
    onRetry: (error, blame, attempt, delayMs) => {
      metrics.retries.inc({ blame });
      // A rollout that needs people is an error; a dependency comes back by itself.
      logger[blame === "rollout" ? "error" : "warn"](
        { error, blame, attempt, delayMs, partition, offset: String(offset) },
        "the event is retried",
      );
    },
  };
}
