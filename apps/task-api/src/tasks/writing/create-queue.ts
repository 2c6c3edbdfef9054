import { setTimeout as pause } from "node:timers/promises";
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
}

/**
 * Writes creates, many in one statement and one commit. Nothing is acknowledged before its commit.
 *
 * A row whose user another session is changing waits here and not in the database, so it holds no connection. So does a row
 * whose user is in a batch that is being written: two statements would only meet at the lock of the user.
 */
export class CreateQueue {
  readonly #waitingForTurn: WaitingGauge;
  readonly #keys = new Set<string>();
  /** Users in the batches that are being written. */
  readonly #users = new Set<string>();
  readonly #batches: Batches<Item, CreateOutcome>;

  constructor(pool: pg.Pool, waitingForTurn: WaitingGauge) {
    this.#waitingForTurn = waitingForTurn;
    this.#batches = new Batches({
      mostRunning: Math.max(1, Math.min(mostRunning, Math.floor(pool.options.max / 2))),
      leastBeside,
      largest: largestBatch,
      mayJoin: ({ row: { userId } }, batch) =>
        !this.#users.has(userId) && batch.filter(({ row }) => row.userId === userId).length < mostOfUser,
      signalOf: ({ signal }) => signal,
      write: (batch) => {
        for (const { row } of batch) this.#users.add(row.userId);
        return createRows(
          pool,
          batch.map(({ row }) => row),
        );
      },
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

  async #submit(row: CreateRow, signal: AbortSignal | undefined): Promise<CreateResult> {
    const begun = performance.now();
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#batches.add({ row, signal });
      if (outcome.kind === "created" || outcome.kind === "known") return outcome;
      if (outcome.kind === "in-progress") throw requestInProgress();
      if (performance.now() - begun > giveUpAfterMs) throw turnTaken();
      this.#waitingForTurn.inc();
      await pause(turnBackoffMs(tries));
      this.#waitingForTurn.dec();
    }
  }
}
