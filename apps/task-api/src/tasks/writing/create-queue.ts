import { taskEventSchemaVersion } from "@task-platform/contracts";
import { isTransientDatabaseError } from "@task-platform/runtime/database";
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

interface Item {
  readonly row: CreateRow;
  readonly signal: AbortSignal | undefined;
  readonly begun: number;
  readonly result: PromiseWithResolvers<CreateResult>;
  tries: number;
}

/**
 * Writes creates in batches: whenever a connection is free, everything that waits goes into one statement and one commit.
 * There is no timer, so a create that comes alone waits for nothing. Nothing is acknowledged before its commit.
 *
 * A row whose user another session is changing waits here and not in the database, so it holds no connection.
 */
export class CreateQueue {
  readonly #pool: pg.Pool;
  readonly #waitingForTurn: WaitingGauge;
  readonly #keys = new Set<string>();
  #waiting: Item[] = [];
  #running = 0;

  constructor(pool: pg.Pool, waitingForTurn: WaitingGauge) {
    this.#pool = pool;
    this.#waitingForTurn = waitingForTurn;
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
    this.#waiting.push({ row, signal, begun: performance.now(), result, tries: 0 });
    this.#startBatches();
    return result.promise;
  }

  #startBatches(): void {
    const most = Math.max(1, Math.min(mostRunning, Math.floor((this.#pool.options.max ?? 1) / 2)));
    while (this.#running < most) {
      const batch = this.#takeBatch();
      if (batch.length === 0) return;
      this.#running += 1;
      void this.#write(batch).finally(() => {
        this.#running -= 1;
        this.#startBatches();
      });
    }
  }

  #takeBatch(): readonly Item[] {
    const batch: Item[] = [];
    const left: Item[] = [];
    const ofUser = new Map<string, number>();
    for (const item of this.#waiting) {
      const { signal, row, result } = item;
      const taken = ofUser.get(row.userId) ?? 0;
      if (signal?.aborted) result.reject(signal.reason);
      else if (batch.length === largestBatch || taken === mostOfUser) left.push(item);
      else {
        ofUser.set(row.userId, taken + 1);
        batch.push(item);
      }
    }
    this.#waiting = left;
    return batch;
  }

  /** Settles every item. A failed statement has written nothing, so its rows may be tried one by one. */
  async #write(batch: readonly Item[]): Promise<void> {
    const rows = batch.map(({ row }) => row);
    const event = { type: "CREATED", schemaVersion: taskEventSchemaVersion };
    try {
      const outcomes = await createRows(this.#pool, rows, event);
      for (const [index, item] of batch.entries()) this.#settle(item, outcomes[index]);
    } catch (error) {
      if (batch.length > 1 && !isTransientDatabaseError(error)) {
        for (const item of batch) await this.#write([item]);
      } else {
        for (const { result } of batch) result.reject(error);
      }
    }
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
      this.#waiting.push(item);
      this.#startBatches();
    }, turnBackoffMs(item.tries));
  }
}
