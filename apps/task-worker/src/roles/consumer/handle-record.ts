import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskEvent } from "@task-platform/contracts";
import { errorMessage } from "@task-platform/runtime/errors";
import {
  headerText,
  type OutgoingRecord,
  type Producer,
  type ReceivedRecord,
} from "@task-platform/runtime/kafka";
import { type Logger, withCorrelation } from "@task-platform/runtime/logging";
import { toDeadLetter } from "./dead-letter.ts";
import type { EventDecoder } from "./decode-event.ts";
import { blameOf, reasonOf } from "./failures.ts";
import type { EventMetrics } from "./metrics.ts";
import {
  dueInMs,
  type Origin,
  originOf,
  ownOrigin,
  type ParkedKeys,
  type Stage,
  toRetry,
} from "./parking/index.ts";
import { GivenUpError, type RetryOptions, withRetries } from "./retries.ts";
import type { Outcome } from "./work.ts";

export interface RecordHandlerOptions {
  readonly decode: EventDecoder;
  readonly apply: (event: TaskEvent) => Promise<Outcome>;
  readonly producer: Producer;
  readonly group: string;
  readonly deadLetter: { readonly topic: string; readonly partitions: number };
  readonly parked: ParkedKeys;
  readonly metrics: EventMetrics;
  readonly logger: Logger;
}

/** A record on its way through one stage. */
interface Passage {
  readonly record: ReceivedRecord;
  readonly origin: Origin;
  readonly stage: Stage;
  readonly retrying: RetryOptions;
}

/** Handler of the records of a stage: resolves when the effect of a record, its place in a retry topic, or its dead letter is durable. */
export function createRecordHandler(options: RecordHandlerOptions, stage: Stage) {
  return (record: ReceivedRecord, signal: AbortSignal): Promise<void> => {
    const traceparent = headerText(record, "traceparent");
    const correlationId = headerText(record, "correlation_id") ?? randomUUID();
    const origin = stage.waits === undefined ? ownOrigin(record) : originOf(record);
    const passage = { record, origin, stage, retrying: retryOptions(origin, signal, options) };
    return withCorrelation({ correlationId, ...(traceparent === undefined ? {} : { traceparent }) }, () =>
      handleRecord(passage, options),
    );
  };
}

async function handleRecord(passage: Passage, options: RecordHandlerOptions): Promise<void> {
  const { record, origin, stage, retrying } = passage;
  const { decode, apply, parked, metrics } = options;
  if (stage.waits !== undefined) {
    await delay(dueInMs(record, stage.waits, Date.now()), undefined, { signal: retrying.signal });
  }
  const certainly = certain(retrying);
  if (!parked.loaded) await withRetries(() => parked.load(), certainly);
  // In a retry topic the set of this member says nothing: another member may have parked the key.
  const asked = stage.waits !== undefined || parked.mayHave(origin);
  if (asked && (await withRetries(() => parked.blocked(origin), certainly))) {
    return await moveOn(passage, stage.behind, "behind", options);
  }
  try {
    const result = await withRetries(async () => apply(await decode(record.value)), retrying);
    metrics.processed.inc({ result });
    metrics.delaySeconds.observe(Math.max(0, Date.now() - origin.timestamp) / 1000);
  } catch (error) {
    if (!(error instanceof GivenUpError)) throw error;
    const blame = blameOf(error.cause);
    const onward = blame === "rollout" ? stage.behind : blame === "message" ? undefined : stage.next;
    if (onward !== undefined) return await moveOn(passage, onward, blame, options);
    await deadLetter(passage, error, options);
  }
  if (asked) await withRetries(() => parked.release(origin), certainly);
}

/** Parks the key first: were the record in the retry topic first, a later event of its key could overtake it. */
async function moveOn(
  { record, origin, retrying }: Passage,
  onward: Stage["behind"],
  because: string,
  { parked, producer, metrics, logger }: RecordHandlerOptions,
): Promise<void> {
  await withRetries(() => parked.park(origin), certain(retrying));
  await sendCertainly(producer, toRetry(record, origin, onward, Date.now()), retrying);
  metrics.parked.inc({ because });
  const { partition, offset } = origin;
  logger.info(
    { because, partition, offset: String(offset), retryTopic: onward.topic },
    "the event waits for a retry",
  );
}

/** Committing the offset before the dead letter is written would lose the record. */
async function deadLetter(
  { record, origin, retrying }: Passage,
  { cause, attempts }: GivenUpError,
  options: RecordHandlerOptions,
): Promise<void> {
  const { group, producer, metrics, logger } = options;
  const where = { ...options.deadLetter, group, now: new Date() };
  const letter = toDeadLetter(record, origin, where, { error: cause, attempts });
  await sendCertainly(producer, letter, retrying);
  metrics.processed.inc({ result: "dead_letter" });
  metrics.deadLettered.inc({ reason: reasonOf(cause) });
  const { topic, partition, offset } = origin;
  const place = { topic, partition, offset: String(offset), deadLetterTopic: letter.topic };
  logger.error({ reason: errorMessage(cause), attempts, ...place }, "the event was dead-lettered");
}

function sendCertainly(producer: Producer, record: OutgoingRecord, retrying: RetryOptions): Promise<void> {
  return withRetries(() => producer.send([record]), certain(retrying));
}

/** Retries until it is done, whatever fails: nothing of this depends on the event. */
function certain(retrying: RetryOptions): RetryOptions {
  return { ...retrying, blame: () => "dependency" };
}

function retryOptions(
  { partition, offset }: Origin,
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
