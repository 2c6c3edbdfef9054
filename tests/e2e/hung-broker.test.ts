import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import {
  encodeTaskEvent,
  partitionOf,
  taskEventSchemaVersion,
  topics,
} from "../../apps/contracts/src/index.ts";
import { eventually } from "../support/eventually.ts";
import { Starter } from "./starter.ts";

const slow = 600_000;
const { partitions } = topics.taskEvents;

/** One user for each partition. */
const users = Array.from({ length: partitions }, (_, shard) => {
  for (let at = 0; ; at += 1) if (partitionOf(`user-${at}`, partitions) === shard) return `user-${at}`;
});

/** Writes an event of each user to the outbox as the API does, and returns their ids. */
async function write(client: pg.Client): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [shard, user] of users.entries()) {
    const event = {
      event_id: randomUUID(),
      event_type: "CREATED" as const,
      task_id: randomUUID(),
      user_id: user,
      timestamp: Date.now(),
      payload: null,
      metadata: {},
    };
    ids.push(event.event_id);
    await client.query(
      `insert into outbox (shard, key, event_id, event_type, schema_version, payload, headers)
       values ($1, $2, $3, $4, $5, $6, '{"correlation_id":"c"}')`,
      [shard, user, event.event_id, event.event_type, taskEventSchemaVersion, encodeTaskEvent(event)],
    );
  }
  return ids;
}

test("a broker that hangs and keeps its connections stops no partition: others take over while it still hangs", {
  timeout: slow,
}, async () => {
  const starter = await Starter.start();
  await starter.ready();
  const client = new pg.Client({ connectionString: starter.address("PostgreSQL") });
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  const applied = async (ids: readonly string[]): Promise<boolean> => {
    const { rows } = await client.query("select 1 from task_activity where event_id = any($1)", [ids]);
    return rows.length === ids.length;
  };
  const before = await write(client);
  await eventually(() => applied(before), "the events before", 60_000);
  for (const broker of ["kafka-1", "kafka-2", "kafka-3"]) {
    const pid = starter.pidOf(broker);
    process.kill(pid, "SIGSTOP");
    const began = performance.now();
    try {
      const during = await write(client);
      await eventually(() => applied(during), `events while ${broker} hangs`, 90_000);
      process.stdout.write(
        `${broker} hung: every effect after ${Math.round(performance.now() - began)} ms\n`,
      );
    } finally {
      process.kill(pid, "SIGCONT");
    }
    const after = await write(client);
    await eventually(() => applied(after), `events after ${broker} is back`, 90_000);
  }
  const { rows } = await client.query(
    "select count(*)::int as twice from task_activity group by event_id having count(*) > 1",
  );
  expect(rows).toEqual([]);
});
