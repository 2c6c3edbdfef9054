import type { Transaction } from "../db/index.ts";
import { Problem } from "../problems/index.ts";

/** Identifies a request that may be sent twice. The same key of another user or on another route is another request. */
export interface IdempotentRequest {
  readonly userId: string;
  readonly route: string;
  readonly key: string;
  /** Hash of the body. The same key with another body is an error of the client. */
  readonly hash: Buffer;
}

/** The stored answer. A replay gets the same bytes. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** docs/requirements.md, consistency and failure. */
const lifetimeHours = 24;
/** A create takes milliseconds, so it is done when the client retries after one second. */
const retryAfterSeconds = "1";

/**
 * Does `work` once per key, inside the caller's transaction, and stores its answer in the same transaction. A crash leaves
 * either the work, its event and the key, or none of them. Only success is stored: an error of `work` rolls back the key
 * too, and the client may try again.
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
 * Uses an advisory lock, because an insert into the unique index would wait for the first request and not refuse the
 * second one. The lock lasts until the commit, so the next request that gets it sees the row.
 */
async function lockKey(transaction: Transaction, { userId, route, key }: IdempotentRequest): Promise<void> {
  const { rows } = await transaction.query<{ held: boolean }>(
    // Seed 1 separates these locks from the locks of users, which have seed 0.
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
