import { Batches } from "@task-platform/runtime/database";
import type pg from "pg";
import { requestInProgress } from "../../idempotency/index.ts";
import { type CreateOutcome, type CreateRow, createRows } from "../store/index.ts";
import { giveUpAfterMs, turnBackoffMs, turnTaken, type WaitingGauge } from "./turns.ts";

/** How a create ended. */
export type CreateResult = Extract<CreateOutcome, { readonly kind: "created" | "known" }>;

/** Measured: larger batches gain little, and each row of a batch waits for the slowest. */
const largestBatch = 64;
/** So that one user who sends many at once does not fill every batch. */
const mostOfUser = 16;
/** Connections for creates at once. Four keep PostgreSQL busy at any commit latency, and leave the others to readers. */
const mostRunning = 4;
/** Fewer creates wait for the batch that is being written, and share the next one: each batch costs about as much as four rows. */
const leastBeside = 8;

interface Item {
  readonly row: CreateRow;
  readonly signal: AbortSignal | undefined;
  readonly begun: number;
  readonly result: PromiseWithResolvers<CreateResult>;
  tries: number;
}

/**
 * Writes creates, many in one statement and one commit. Nothing is acknowledged before its commit.
 *
 * A row whose user another session is changing waits here and not in the database, so it holds no connection. So does a row
 * whose user is in a batch that is being written: two statements would only meet at the lock of the user.
 */
export class CreateQueue {
  readonly #pool: pg.Pool;
  readonly #waitingForTurn: WaitingGauge;
  readonly #keys = new Set<string>();
  /** Users in the batches that are being written. */
  readonly #users = new Set<string>();
  readonly #batches: Batches<Item>;

  constructor(pool: pg.Pool, waitingForTurn: WaitingGauge) {
    this.#pool = pool;
    this.#waitingForTurn = waitingForTurn;
    this.#batches = new Batches({
      mostRunning: Math.max(1, Math.min(mostRunning, Math.floor(pool.options.max / 2))),
      leastBeside,
      take: (waiting) => this.#take(waiting),
      write: (batch) => this.#write(batch),
      fail: ({ result }, error) => result.reject(error),
      done: (batch) => {
        for (const { row } of batch) this.#users.delete(row.userId);
      },
    });
  }

  /**
   * @param signal when aborted before the row is sent to the database, nothing is created
   * @throws Problem `request-in-progress`, or `unavailable` when other changes of the user last too long; also errors of the
   *   database
   */
  async create(row: CreateRow, signal: AbortSignal | undefined): Promise<CreateResult> {
    signal?.throwIfAborted();
    const { key, keyLock } = row;
    if (key === undefined) return this.#submit(row, signal);
    // Two rows of one batch with the same key would both get its lock: a session may take a lock twice.
    if (this.#keys.has(keyLock)) throw requestInProgress();
    this.#keys.add(keyLock);
    try {
      return await this.#submit(row, signal);
    } finally {
      this.#keys.delete(keyLock);
    }
  }

  #submit(row: CreateRow, signal: AbortSignal | undefined): Promise<CreateResult> {
    const result = Promise.withResolvers<CreateResult>();
    this.#batches.add({ row, signal, begun: performance.now(), result, tries: 0 });
    return result.promise;
  }

  #take(waiting: Item[]): readonly Item[] {
    const batch: Item[] = [];
    const left: Item[] = [];
    const ofUser = new Map<string, number>();
    for (const item of waiting.splice(0)) {
      const { signal, row, result } = item;
      const taken = ofUser.get(row.userId) ?? 0;
      const mayGo = batch.length < largestBatch && taken < mostOfUser && !this.#users.has(row.userId);
      if (signal?.aborted) result.reject(signal.reason);
      else if (mayGo) {
        ofUser.set(row.userId, taken + 1);
        batch.push(item);
      } else left.push(item);
    }
    waiting.push(...left);
    for (const { row } of batch) this.#users.add(row.userId);
    return batch;
  }

  async #write(batch: readonly Item[]): Promise<void> {
    const outcomes = await createRows(
      this.#pool,
      batch.map(({ row }) => row),
    );
    for (const [index, item] of batch.entries()) this.#settle(item, outcomes[index]);
  }

  #settle(item: Item, outcome: CreateOutcome | undefined): void {
    if (outcome?.kind === "created" || outcome?.kind === "known") item.result.resolve(outcome);
    else if (outcome?.kind === "in-progress") item.result.reject(requestInProgress());
    else this.#waitForTurn(item);
  }

  #waitForTurn(item: Item): void {
    if (performance.now() - item.begun > giveUpAfterMs) {
      item.result.reject(turnTaken());
      return;
    }
    item.tries += 1;
    this.#waitingForTurn.inc();
    setTimeout(() => {
      this.#waitingForTurn.dec();
      this.#batches.add(item);
    }, turnBackoffMs(item.tries));
  }
}
