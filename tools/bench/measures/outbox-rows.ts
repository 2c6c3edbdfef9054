import { randomUUID } from "node:crypto";
import { encodeTaskEvent, partitionOf, taskEventSchemaVersion, topics } from "@task-platform/contracts";
import type { Bench } from "../environment.ts";
import { newTask } from "./row.ts";

const users = Array.from({ length: 1_000 }, (_, at) => {
  const user = `user-${at}`;
  return { user, shard: partitionOf(user, topics.taskEvents.partitions) };
});

interface OutboxRow {
  readonly shard: number;
  readonly user: string;
  readonly id: string;
  readonly bytes: Buffer;
}

let next = 0;

/** Rows as the API writes them, of a thousand users in turn; their events happen now. */
export function outboxRows(count: number): readonly OutboxRow[] {
  return Array.from({ length: count }, () => {
    next = (next + 1) % users.length;
    const { user, shard } = users[next] as (typeof users)[number];
    const event = {
      event_id: randomUUID(),
      event_type: "CREATED" as const,
      task_id: randomUUID(),
      user_id: user,
      timestamp: Date.now(),
      payload: newTask,
      metadata: {},
    };
    return { shard, user, id: event.event_id, bytes: encodeTaskEvent(event) };
  });
}

/** Writes the rows in one statement. The correlation id is the time before it, and a notice follows the commit. */
export async function writeOutbox(bench: Bench, rows: readonly OutboxRow[]): Promise<void> {
  await bench.query(
    `insert into outbox (shard, key, event_id, event_type, schema_version, payload, headers)
     select shard, key, event_id, 'CREATED', $5, payload, jsonb_build_object('correlation_id', $6::text)
     from unnest($1::smallint[], $2::text[], $3::uuid[], $4::bytea[]) as row (shard, key, event_id, payload)`,
    [
      rows.map(({ shard }) => shard),
      rows.map(({ user }) => user),
      rows.map(({ id }) => id),
      rows.map(({ bytes }) => bytes),
      taskEventSchemaVersion,
      String(Date.now()),
    ],
  );
}
