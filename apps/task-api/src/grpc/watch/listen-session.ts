import { type Database, errorMessage, type Logger, unreachable } from "@task-platform/runtime";
import type pg from "pg";
import { Problem, problemOf } from "../problems/index.ts";
import { type ChangeNotice, changesChannel, getTask, readChangeNotice } from "../tasks/index.ts";
import type { Watcher } from "./change-feed.ts";
import { type TaskEventMessage, toTaskMessage, toTimestamp } from "./messages.ts";

/** A connection that died silently is found after so long; TCP alone would take hours. */
const checkEveryMs = 10_000;

interface Watched {
  readonly watchers: Set<Watcher>;
  /** The telling of the changes so far: one after another, or their order would be that of the reads. */
  turn: Promise<void>;
}

/** One connection that listens, and who is told what it hears. */
export class ListenSession {
  readonly #client: pg.Client;
  readonly #database: Database;
  readonly #onEnd: () => void;
  readonly #users = new Map<string, Watched>();
  readonly #check: NodeJS.Timeout;
  ended = false;

  private constructor(client: pg.Client, database: Database, logger: Logger, onEnd: () => void) {
    this.#client = client;
    this.#database = database;
    this.#onEnd = onEnd;
    const lose = (error: unknown): void => {
      if (this.ended) return;
      logger.warn({ reason: errorMessage(error) }, "changes cannot be heard any more");
      this.end(new Problem("unavailable", "changes may have been missed; list, then watch again"));
    };
    client.on("error", lose);
    client.on("end", () => lose(new Error("the connection ended")));
    client.on("notification", ({ payload }) => this.#hear(readChangeNotice(payload ?? "")));
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

  add(userId: string, watcher: Watcher): () => void {
    const watched = this.#users.get(userId) ?? { watchers: new Set<Watcher>(), turn: Promise.resolve() };
    this.#users.set(userId, watched);
    watched.watchers.add(watcher);
    return () => {
      watched.watchers.delete(watcher);
      if (watched.watchers.size === 0 && this.#users.get(userId) === watched) this.#users.delete(userId);
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

  #hear(notice: ChangeNotice): void {
    const watched = this.#users.get(notice.userId);
    if (watched === undefined) return;
    watched.turn = watched.turn
      .then(() => this.#tell(watched.watchers, notice))
      .catch((error: unknown) => endAll(watched.watchers, problemOf(error)));
  }

  async #tell(watchers: ReadonlySet<Watcher>, notice: ChangeNotice): Promise<void> {
    if (watchers.size === 0) return;
    const event = await this.#eventOf(notice);
    if (event === undefined) return;
    for (const watcher of watchers) watcher.tell(event);
  }

  /** The task as it is by now: never older than the change. Undefined when it is gone, which the next notice tells. */
  async #eventOf({ eventType, taskId, userId, at }: ChangeNotice): Promise<TaskEventMessage | undefined> {
    const timestamp = toTimestamp(at);
    switch (eventType) {
      case "DELETED":
        return { event_type: "deleted", task: nameOf(taskId, userId), timestamp };
      case "CREATED":
      case "UPDATED":
      case "COMPLETED":
        break;
      default:
        unreachable(eventType);
    }
    try {
      const task = toTaskMessage(await getTask(this.#database.pool, userId, taskId));
      return { event_type: eventType === "CREATED" ? "created" : "updated", task, timestamp };
    } catch (error) {
      if (error instanceof Problem && error.code === "task-not-found") return undefined;
      throw error;
    }
  }
}

/** After a failover the old primary may live on as a replica, which hears nothing. */
async function checkPrimary(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ replica: boolean }>("select pg_is_in_recovery() as replica");
  if (rows[0]?.replica !== false) throw new Error("the server has become a replica");
}

/** Of a deleted task only its name is left. */
function nameOf(id: string, userId: string): TaskEventMessage["task"] {
  return {
    id,
    user_id: userId,
    title: "",
    description: "",
    completed: false,
    created_at: null,
    updated_at: null,
  };
}

/** A copy: each takes itself out of the set. */
function endAll(watchers: ReadonlySet<Watcher>, problem: Problem): void {
  for (const watcher of [...watchers]) watcher.end(problem);
}
