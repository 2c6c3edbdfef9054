import type { Database } from "@task-platform/runtime/database";
import { errorMessage } from "@task-platform/runtime/errors";
import type { Logger } from "@task-platform/runtime/logging";
import type pg from "pg";
import { Problem, problemOf } from "../../problems/index.ts";
import { type ChangeNotice, changesChannel, readChangeNotice } from "../../tasks/index.ts";
import { toEvent } from "./event.ts";
import type { Watcher } from "./watcher.ts";

/** Finds a connection that died silently. TCP alone would need hours. */
const checkEveryMs = 10_000;

interface WatchedUser {
  readonly watchers: Set<Watcher>;
  /** Sends the events one after another. Otherwise their order would be the order in which the reads finish. */
  sending: Promise<void>;
}

/** One connection that listens to the notices, and the watchers that receive them. */
export class ListenSession {
  readonly #client: pg.Client;
  readonly #database: Database;
  readonly #onEnd: () => void;
  readonly #users = new Map<string, WatchedUser>();
  readonly #check: NodeJS.Timeout;
  ended = false;

  private constructor(client: pg.Client, database: Database, logger: Logger, onEnd: () => void) {
    this.#client = client;
    this.#database = database;
    this.#onEnd = onEnd;
    const lose = (error: unknown): void => {
      if (this.ended) return;
      logger.warn({ reason: errorMessage(error) }, "the connection that listens to changes is lost");
      this.end(new Problem("unavailable", "changes may have been missed; list, then watch again"));
    };
    client.on("error", lose);
    client.on("end", () => lose(new Error("the connection ended")));
    client.on("notification", ({ payload }) => this.#receive(readChangeNotice(payload ?? "")));
    this.#check = setInterval(() => void checkPrimary(client).catch(lose), checkEveryMs).unref();
  }

  static async open(database: Database, logger: Logger, onEnd: () => void): Promise<ListenSession> {
    const client = await database.connect();
    const session = new ListenSession(client, database, logger, onEnd);
    try {
      await client.query(`listen ${changesChannel}`);
    } catch (error) {
      session.end(problemOf(error));
      throw error;
    }
    return session;
  }

  watchesOf(userId: string): number {
    return this.#users.get(userId)?.watchers.size ?? 0;
  }

  /** Adds a watcher; the result removes it. */
  add(userId: string, watcher: Watcher): () => void {
    const user = this.#users.get(userId) ?? { watchers: new Set<Watcher>(), sending: Promise.resolve() };
    this.#users.set(userId, user);
    user.watchers.add(watcher);
    return () => {
      user.watchers.delete(watcher);
      if (user.watchers.size === 0 && this.#users.get(userId) === user) this.#users.delete(userId);
    };
  }

  end(problem: Problem): void {
    if (this.ended) return;
    this.ended = true;
    this.#onEnd();
    clearInterval(this.#check);
    for (const { watchers } of this.#users.values()) endAll(watchers, problem);
    this.#users.clear();
    this.#client.end().catch(() => undefined);
  }

  #receive(notice: ChangeNotice): void {
    const user = this.#users.get(notice.userId);
    if (user === undefined) return;
    user.sending = user.sending
      .then(() => this.#send(user.watchers, notice))
      .catch((error: unknown) => endAll(user.watchers, problemOf(error)));
  }

  async #send(watchers: ReadonlySet<Watcher>, notice: ChangeNotice): Promise<void> {
    if (watchers.size === 0) return;
    const event = await toEvent(this.#database, notice);
    if (event === undefined) return;
    for (const watcher of watchers) watcher.send(event);
  }
}

/** Fails on a replica: after a failover the old primary may continue as a replica, which sends no notices. */
async function checkPrimary(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ replica: boolean }>("select pg_is_in_recovery() as replica");
  if (rows[0]?.replica !== false) throw new Error("the server has become a replica");
}

/** Iterates over a copy, because each watcher removes itself from the set. */
function endAll(watchers: ReadonlySet<Watcher>, problem: Problem): void {
  for (const watcher of [...watchers]) watcher.end(problem);
}
