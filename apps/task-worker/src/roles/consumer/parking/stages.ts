import type { RetryTopic } from "./origin.ts";

/** Where a record is read, and where it goes when it cannot be applied there. */
export interface Stage {
  /** The retry topic that it waits in; undefined for the topic of the task events. */
  readonly waits: RetryTopic | undefined;
  /** The next retry topic for a record that failed; undefined after the last one. */
  readonly next: RetryTopic | undefined;
  /** Where a record waits that has not failed: because an earlier one waits, or because this build is too old for it. */
  readonly behind: RetryTopic;
}

/** A stage of which the records wait. */
export interface RetryStage extends Stage {
  readonly waits: RetryTopic;
}

/** The stages of a consumer group: its source first, then its retry topics, shortest delay first. */
export function stagesOf(
  retries: readonly [RetryTopic, ...RetryTopic[]],
): readonly [Stage, ...(readonly RetryStage[])] {
  const stages = retries.map((waits, at): RetryStage => {
    const next = retries[at + 1];
    return { waits, next, behind: next ?? waits };
  });
  return [{ waits: undefined, next: retries[0], behind: retries[0] }, ...stages];
}
