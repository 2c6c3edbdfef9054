import { parkedEvents } from "@task-platform/schema/names";
import type pg from "pg";
import type { Origin } from "./origin.ts";

/**
 * A row that was not moved for so long blocks nobody. A process that dies between its row and its record, after another member
 * has taken its partition, leaves a row without a record; the key would wait for it for ever.
 */
const forgottenAfter = "1 day";
/** Longer than the retention of the retry topics: no record of such a row is left. */
const deletedAfter = "8 days";

/**
 * Which keys of a consumer group have events in retry topics. PostgreSQL knows it; each member keeps a set of these keys, so
 * that the events of all other keys ask nobody.
 *
 * A key enters the set of every member that may meet it: the member that parks it adds it, and a member that is given partitions
 * reads all of them first. A key in the set that has no rows any more costs one question.
 */
export class ParkedKeys {
  readonly #pool: pg.Pool;
  readonly #group: string;
  readonly #known = new Set<string>();
  #loading: Promise<void> | undefined;
  #loaded = false;

  constructor(pool: pg.Pool, group: string) {
    this.#pool = pool;
    this.#group = group;
  }

  /** Whether the keys are read. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Partitions were given to this member, and their last owner may have parked keys: they are read before the next event. */
  forget(): void {
    this.#loaded = false;
    this.#loading = undefined;
  }

  /** Reads the keys, once for all callers. Rejects when the database does; the next caller tries again. */
  async load(): Promise<void> {
    const loading = this.#loading ?? this.#read();
    this.#loading = loading;
    try {
      await loading;
      if (this.#loading === loading) this.#loaded = true;
    } catch (error) {
      if (this.#loading === loading) this.#loading = undefined;
      throw error;
    }
  }

  async #read(): Promise<void> {
    const { rows } = await this.#pool.query<{ key: Buffer }>({
      name: "load-parked-keys",
      text: `select distinct key from ${parkedEvents.table} where consumer_group = $1`,
      values: [this.#group],
    });
    for (const { key } of rows) this.#known.add(nameOf(key));
  }

  /** Whether the key may have events in retry topics. */
  mayHave({ key }: Origin): boolean {
    return this.#known.has(nameOf(key));
  }

  /** Whether an earlier event of the key waits in a retry topic, so that this one must wait behind it. */
  async blocked({ key, partition, offset }: Origin): Promise<boolean> {
    const { rows } = await this.#pool.query<{ any: boolean; earlier: boolean }>({
      name: "find-parked",
      text: `select count(*) > 0 as any,
        coalesce(bool_or(topic_offset < $4 and moved_at > now() - interval '${forgottenAfter}'), false) as earlier
      from ${parkedEvents.table} where consumer_group = $1 and key = $2 and topic_partition = $3`,
      values: [this.#group, key, partition, String(offset)],
    });
    if (rows[0]?.any !== true) this.#known.delete(nameOf(key));
    return rows[0]?.earlier === true;
  }

  /** Parks an event, before it is put into a retry topic; parks it anew when it is moved to the next one. */
  async park({ key, partition, offset }: Origin): Promise<void> {
    this.#known.add(nameOf(key));
    await this.#pool.query({
      name: "park-event",
      text: `insert into ${parkedEvents.table} (consumer_group, key, topic_partition, topic_offset) values ($1, $2, $3, $4)
      on conflict (consumer_group, key, topic_partition, topic_offset) do update set moved_at = now()`,
      values: [this.#group, key, partition, String(offset)],
    });
  }

  /** The event is applied or dead-lettered, so the next one of its key may come. */
  async release({ key, partition, offset }: Origin): Promise<void> {
    await this.#pool.query({
      name: "release-event",
      text: `delete from ${parkedEvents.table}
      where consumer_group = $1 and key = $2 and topic_partition = $3 and topic_offset = $4`,
      values: [this.#group, key, partition, String(offset)],
    });
  }

  /** How many events are parked, and for how many seconds the oldest one. Deletes rows of which no record can be left. */
  async survey(): Promise<{ readonly parked: number; readonly oldestSeconds: number }> {
    await this.#pool.query(
      `delete from ${parkedEvents.table} where consumer_group = $1 and moved_at < now() - interval '${deletedAfter}'`,
      [this.#group],
    );
    const { rows } = await this.#pool.query<{ parked: string; seconds: string }>(
      `select count(*) as parked, coalesce(extract(epoch from now() - min(parked_at)), 0) as seconds
      from ${parkedEvents.table} where consumer_group = $1`,
      [this.#group],
    );
    return { parked: Number(rows[0]?.parked ?? 0), oldestSeconds: Number(rows[0]?.seconds ?? 0) };
  }
}

function nameOf(key: Buffer): string {
  return key.toString("latin1");
}
