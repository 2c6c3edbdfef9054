import { type ConsumerOptions, startConsumer } from "@task-platform/runtime/kafka";
import type { ConsumerConfig } from "./config.ts";
import { createRecordHandler, type RecordHandlerOptions } from "./handle-record.ts";
import { stagesOf } from "./parking/index.ts";

/** What this process is in the group of the task events and in the groups of its retry topics. */
interface Members {
  /** Reason to restart the process. */
  stalled(): string | undefined;
  /** Throws while it is no member of the group of the task events, or applies none of them. What waits in retry topics does so by design. */
  check(): void;
  stop(): Promise<void>;
}

/** A member whose records wait for longer makes no progress, whatever it is connected to. */
const mostWaitSeconds = 30;

/**
 * Joins the group of the task events, and one group for each retry topic. These have the names of their topics, because the
 * members of one group must read the same topics.
 */
export function startMembers(
  client: Omit<ConsumerOptions, "group" | "topic" | "handle">,
  stream: ConsumerConfig["stream"],
  handling: RecordHandlerOptions,
): Members {
  const [first, ...retries] = stagesOf(stream.retries);
  const source = startConsumer({
    ...client,
    group: stream.group,
    topic: stream.taskEvents,
    onAssigned: () => handling.parked.forget(),
    handle: createRecordHandler(handling, first),
  });
  const { metrics: _lagOfTheSource, ...rest } = client;
  const retrying = retries.map((stage) =>
    startConsumer({
      ...rest,
      group: stage.waits.topic,
      topic: stage.waits.topic,
      handle: createRecordHandler(handling, stage),
    }),
  );
  const all = [source, ...retrying];
  return {
    stalled: () => all.map((member) => member.stalled()).find((reason) => reason !== undefined),
    check: () => {
      if (!source.joined) throw new Error(`not a member of ${stream.group}`);
      const waits = source.stuckSeconds();
      if (waits > mostWaitSeconds) throw new Error(`a record has waited for ${Math.round(waits)} s`);
    },
    stop: async () => {
      await Promise.all(all.map((member) => member.stop()));
    },
  };
}
