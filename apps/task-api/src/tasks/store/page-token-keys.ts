import { createSecretKey, type KeyObject } from "node:crypto";
import type { Database } from "@task-platform/runtime/database";
import { fromReader } from "../../db/index.ts";

/** A row of `page_token_keys`. */
export interface PageTokenKey {
  readonly id: number;
  readonly key: KeyObject;
}

/** A process signs with the key before for at most this long after a rotation. */
const freshForMs = 60_000;
/** A token with an unknown key id reads the keys again, at most this often: made-up ids cost one read a second. */
const againAfterMs = 1_000;

/** The keys of the page tokens, kept in this process. The newest one signs; all of them verify. */
export class PageTokenKeys {
  readonly #database: Database;
  #keys: readonly PageTokenKey[] = [];
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The key to sign with. */
  async newest(): Promise<PageTokenKey> {
    const [first] = await this.#keysNotOlderThan(freshForMs);
    if (first === undefined) throw new Error("page_token_keys is empty; add a row to sign page tokens");
    return first;
  }

  /** Undefined when there is no such key, or no longer. */
  async find(id: number): Promise<PageTokenKey | undefined> {
    const isIt = (key: PageTokenKey): boolean => key.id === id;
    return (
      (await this.#keysNotOlderThan(freshForMs)).find(isIt) ??
      (await this.#keysNotOlderThan(againAfterMs)).find(isIt)
    );
  }

  async #keysNotOlderThan(ageMs: number): Promise<readonly PageTokenKey[]> {
    if (performance.now() - this.#readAt >= ageMs) {
      const { rows } = await fromReader(this.#database, (reader) =>
        reader.query<{ id: number; key: Buffer }>("select id, key from page_token_keys order by id desc"),
      );
      // Made once: to sign with the bytes costs seven times as much.
      this.#keys = rows.map(({ id, key }) => ({ id, key: createSecretKey(key) }));
      this.#readAt = performance.now();
    }
    return this.#keys;
  }
}
