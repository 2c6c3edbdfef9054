import { type EventType, partitionOf, topics } from "@task-platform/contracts";
import { errorMessage } from "@task-platform/runtime/errors";
import type { Logger } from "@task-platform/runtime/logging";
import { outbox } from "@task-platform/schema/names";
import type pg from "pg";
import type { Task } from "../task.ts";
import { changeNotice, changesChannel } from "./change-notice.ts";

/** Signals of this time travel together. Long enough to matter under load, short enough that nobody notices it. */
const coalesceMs = 5;
const retryMs = 250;
/** Beyond this, notices are dropped, oldest first: PostgreSQL is away, so the watchers have been told to start again. */
const mostNotices = 10_000;

/** The commit of a signal does not wait for the disk: a crash of the server also ends the sessions that listen. */
const statement = {
  name: "signal-changes",
  text: `select set_config('synchronous_commit', 'off', true)
    union all select pg_notify('${outbox.channel}', shard)::text from unnest($1::text[]) shard
    union all select pg_notify('${changesChannel}', notice)::text from unnest($2::text[]) notice`,
};

interface Notice {
  readonly at: number;
  readonly text: string;
}

/**
 * Wakes the relays and the watchers after commits, in statements of its own. A transaction with NOTIFY takes a lock of the
 * whole server at commit, so with NOTIFY in every change the server would commit one change after another.
 *
 * A signal may be lost when this process dies within milliseconds of a commit. The relay then finds the event at its next
 * poll. Watchers in other processes miss that change; the next one of the task shows its state.
 */
export class ChangeSignals {
  readonly #pool: pg.Pool;
  readonly #logger: Logger;
  #shards = new Set<string>();
  #notices: Notice[] = [];
  #sending: Promise<void> | undefined;

  constructor(pool: pg.Pool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /** Call it after the commit. */
  changed(task: Task, eventType: EventType): void {
    this.#shards.add(String(partitionOf(task.userId, topics.taskEvents.partitions)));
    this.#notices.push({ at: task.updatedAt.getTime(), text: changeNotice(task, eventType) });
    if (this.#notices.length > mostNotices) this.#notices.shift();
    this.#sending ??= this.#send();
  }

  /** Waits until everything has been sent, or has failed once. */
  async close(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, coalesceMs));
    const [shards, notices] = [this.#shards, this.#notices];
    [this.#shards, this.#notices] = [new Set(), []];
    try {
      // Answers of two connections may be read in another order than their commits.
      const inOrder = notices.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
      await this.#pool.query({ ...statement, values: [[...shards], inOrder] });
    } catch (error) {
      this.#logger.warn({ reason: errorMessage(error) }, "signals of changes were not sent");
      this.#notices = [...notices, ...this.#notices].slice(-mostNotices);
      await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
    }
    this.#sending = undefined;
    if (this.#notices.length > 0 || this.#shards.size > 0) this.#sending ??= this.#send();
  }
}
