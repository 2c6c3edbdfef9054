import type { TaskEvent } from "@task-platform/contracts";
import { UnreadableEventError } from "../consumer/index.ts";

/** What the statistics need of an event. Its time decides the day. */
export interface Count extends Pick<TaskEvent, "event_id" | "user_id" | "timestamp"> {
  readonly completed: boolean;
  /** From the creation of the task to its completion; null when it was created, and when the event does not tell. */
  readonly seconds: number | null;
}

/**
 * What to count of an event; undefined when nothing. A task that is opened again and completed again counts as completed twice,
 * each time with the time since its creation.
 *
 * @throws UnreadableEventError when the payload of a completion is not the JSON of a task
 */
export function toCount(event: TaskEvent): Count | undefined {
  const { event_id, user_id, timestamp } = event;
  const common = { event_id, user_id, timestamp };
  if (event.event_type === "CREATED") return { ...common, completed: false, seconds: null };
  if (event.event_type === "COMPLETED")
    return { ...common, completed: true, seconds: secondsToComplete(event) };
  return undefined;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function secondsToComplete({ payload, timestamp }: TaskEvent): number | null {
  if (payload === null) return null;
  const { created_at: written } = readTask(payload);
  // Date.parse alone would read almost anything, "-5" among it.
  const createdAt = typeof written === "string" && isoTime.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(createdAt) || createdAt < 0) {
    throw new UnreadableEventError("payload: created_at is not a time since 1970");
  }
  // The clocks of two replicas of the API differ.
  return Math.max(0, timestamp - createdAt) / 1000;
}

function readTask(payload: string): { readonly created_at?: unknown } {
  try {
    const task: unknown = JSON.parse(payload);
    if (typeof task === "object" && task !== null) return task;
  } catch {
    // Told below, without the text of the task.
  }
  throw new UnreadableEventError("payload: not the JSON of a task");
}
