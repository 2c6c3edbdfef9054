import type { Database, Logger } from "@task-platform/runtime";
import { Problem } from "../problems/index.ts";
import { ListenSession } from "./listen-session.ts";
import type { TaskEventMessage } from "./messages.ts";

/** Someone who is told the changes of one user's tasks, in their order, until it ends. */
export interface Watcher {
  tell(event: TaskEventMessage): void;
  /** Nothing is told any more. */
  end(problem: Problem): void;
}

/** Per process: enough for every device of a person, and one caller cannot take all streams. */
const mostWatchesOfUser = 10;

/**
 * Hands the changes that PostgreSQL tells to whoever watches them in this process: one connection for all, opened by
 * the first. When it is lost, changes are lost with it, so every watcher is ended and has to begin anew.
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
   * Changes committed after it resolves are told. What it resolves to ends the watch.
   *
   * @throws Problem `unavailable` while stopping, `rate-limited` for too many; what the database throws.
   */
  async watch(userId: string, watcher: Watcher): Promise<() => void> {
    const session = await this.#open();
    if (this.#closed || session.ended) throw goingAway();
    if (session.watchesOf(userId) >= mostWatchesOfUser) {
      throw new Problem("rate-limited", `at most ${mostWatchesOfUser} watches at once; end one first`);
    }
    return session.add(userId, watcher);
  }

  /** Ends every watch, and admits no other. */
  endAll(): void {
    this.#closed = true;
    const session = this.#session;
    session?.then((open) => open.end(goingAway())).catch(() => undefined);
  }

  #open(): Promise<ListenSession> {
    if (this.#closed) return Promise.reject(goingAway());
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

function goingAway(): Problem {
  return new Problem("unavailable", "this server can watch no longer; list, then watch again");
}
