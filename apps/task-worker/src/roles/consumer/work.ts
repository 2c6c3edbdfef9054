import type { TaskEvent } from "@task-platform/contracts";
import type { Logger } from "@task-platform/runtime/logging";

/** What became of an event: `ignored` has no effect for this group. */
export type Outcome = "applied" | "duplicate" | "ignored";

/** What a consumer group does with the task events. */
export interface ConsumerWork {
  /**
   * Applies the effect of an event unless it was applied before, and resolves when it is durable. Events of one user come one
   * after another, in order.
   *
   * Rejects with an UnreadableEventError when the event is at fault: it is dead-lettered. Other errors are retried.
   */
  apply(event: TaskEvent): Promise<Outcome>;
  /** Runs beside the events until the signal. */
  keep(signal: AbortSignal, logger: Logger): Promise<void>;
}
