import { hash } from "node:crypto";

interface Expiring {
  readonly expiresAt: Date;
}

interface Entry<Caller> {
  readonly caller: Caller;
  readonly until: number;
}

/** The callers of tokens that were checked a moment ago. It keeps hashes, so that a dump of the memory holds no more tokens. */
export class VerifiedTokens<Caller extends Expiring> {
  readonly #most: number;
  readonly #forMs: number;
  /** Oldest first: a map keeps the order of insertion. */
  readonly #entries = new Map<string, Entry<Caller>>();

  constructor(most: number, forMs: number) {
    this.#most = most;
    this.#forMs = forMs;
  }

  /** Undefined for a token that is unknown, has expired, or was checked too long ago. */
  get(token: string, now: number): Caller | undefined {
    const key = hashOf(token);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (now < entry.until) return entry.caller;
    this.#entries.delete(key);
    return undefined;
  }

  add(token: string, caller: Caller, now: number): void {
    const until = Math.min(now + this.#forMs, caller.expiresAt.getTime());
    const oldest = this.#entries.size >= this.#most ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(hashOf(token), { caller, until });
  }
}

function hashOf(token: string): string {
  return hash("sha256", token, "base64");
}
