import type { Transaction } from "../db/index.ts";
import { Problem } from "../problems/index.ts";

/** What identifies a request that may be sent twice: keys of different users and routes never meet. */
export interface IdempotentRequest {
  readonly userId: string;
  readonly route: string;
  readonly key: string;
  /** Hash of the body; the same key with another body is a mistake of the client. */
  readonly hash: Buffer;
}

/** An answer as it is kept: the second caller gets the same bytes. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Specification section 1. */
const lifetimeHours = 24;
/** A create takes milliseconds; a client that comes back after a second finds it done. */
const retryAfterSeconds = "1";

/**
 * Does `work` once for a key, inside the caller's transaction, and keeps its answer in it: work, event and key are
 * committed together or not at all, so a crash leaves either all of them or a key that is free. Only success is
 * kept: what `work` throws rolls the key back too, and the client may try again.
 *
 * @throws Problem `request-in-progress` while another transaction holds the key; `idempotency-key-reused` for
 *   another body.
 */
export async function withIdempotency(
  transaction: Transaction,
  request: IdempotentRequest,
  work: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { readonly replayed: boolean }> {
  await lockKey(transaction, request);
  const earlier = await readKey(transaction, request);
  if (earlier !== undefined) {
    if (!earlier.hash.equals(request.hash)) {
      throw new Problem(
        "idempotency-key-reused",
        "this key was used for a request with another body; use a new key",
      );
    }
    return { ...earlier.answer, replayed: true };
  }
  const answer = await work();
  const { userId, route, key, hash } = request;
  await transaction.query(
    `insert into idempotency_keys (user_id, route, key, request_hash, status, headers, body, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(hours => $8))`,
    [userId, route, key, hash, answer.status, JSON.stringify(answer.headers), answer.body, lifetimeHours],
  );
  return { ...answer, replayed: false };
}

/**
 * An advisory lock and not the unique index: inserting the row of a running request would wait for it instead of
 * telling. It lasts until the commit, so whoever gets it next sees the row.
 */
async function lockKey(transaction: Transaction, { userId, route, key }: IdempotentRequest): Promise<void> {
  const { rows } = await transaction.query<{ held: boolean }>(
    // Seed 1 keeps these locks apart from those of users, which have seed 0.
    "select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as held",
    [JSON.stringify([userId, route, key])],
  );
  if (rows[0]?.held === true) return;
  throw new Problem("request-in-progress", "the first request with this key is still running", {
    headers: { "retry-after": retryAfterSeconds },
  });
}

async function readKey(transaction: Transaction, { userId, route, key }: IdempotentRequest) {
  const { rows } = await transaction.query<{
    request_hash: Buffer;
    status: number;
    headers: Record<string, string>;
    body: string;
    expired: boolean;
  }>(
    `select request_hash, status, headers, body, expires_at <= now() as expired
     from idempotency_keys where user_id = $1 and route = $2 and key = $3`,
    [userId, route, key],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.expired) {
    const values = [userId, route, key];
    await transaction.query(
      "delete from idempotency_keys where user_id = $1 and route = $2 and key = $3",
      values,
    );
    return undefined;
  }
  return { hash: row.request_hash, answer: { status: row.status, headers: row.headers, body: row.body } };
}
