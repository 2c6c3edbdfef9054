import type { Database } from "@task-platform/runtime/database";
import type { Logger } from "@task-platform/runtime/logging";
import { Problem } from "../../problems/index.ts";
import { ListenSession } from "./listen-session.ts";
import type { Watcher } from "./watcher.ts";

/** Per process: enough for every device of a person, and one caller cannot use up all streams. */
const mostWatchesOfUser = 10;

/**
 * Sends the notices of PostgreSQL to the watchers in this process. The first watcher opens one connection for all of them.
 * When the connection is lost, notices may be lost, so every watcher ends and must start again.
 */
export class ChangeFeed {
  readonly #database: Database;
  readonly #logger: Logger;
  #session: Promise<ListenSession> | undefined;
  #closed = false;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  /**
   * Adds a watcher. It receives every change that is committed after this call resolves. The result removes it.
   *
   * @throws Problem `unavailable` while stopping, `rate-limited` for too many watches; also errors of the database.
   */
  async watch(userId: string, watcher: Watcher): Promise<() => void> {
    const session = await this.#open();
    if (this.#closed || session.ended) throw noLongerServed();
    if (session.watchesOf(userId) >= mostWatchesOfUser) {
      throw new Problem("rate-limited", `at most ${mostWatchesOfUser} watches at once; end one first`);
    }
    return session.add(userId, watcher);
  }

  /** Ends every watch and refuses new ones. */
  close(): void {
    this.#closed = true;
    this.#session?.then((session) => session.end(noLongerServed())).catch(() => undefined);
  }

  #open(): Promise<ListenSession> {
    if (this.#closed) return Promise.reject(noLongerServed());
    this.#session ??= this.#connect();
    return this.#session;
  }

  async #connect(): Promise<ListenSession> {
    try {
      return await ListenSession.open(this.#database, this.#logger, () => {
        this.#session = undefined;
      });
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }
}

function noLongerServed(): Problem {
  return new Problem("unavailable", "this server can watch no longer; list, then watch again");
}
