import { randomUUID } from "node:crypto";
import type { TaskEvent } from "@task-platform/contracts";
import { statistics } from "@task-platform/schema/names";
import { expect, test } from "vitest";
import { eventually, query, readRecords, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { produceEvents, scene } from "./consumer-scene.ts";
import { metric, taskEvent } from "./support.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** The events of a task that was completed so many seconds after its creation. */
function lifeOf(userId: string, createdAt: number, seconds: number): TaskEvent[] {
  const payload = JSON.stringify({ created_at: new Date(createdAt).toISOString() });
  const task = { task_id: randomUUID(), payload };
  return [
    taskEvent(userId, { ...task, timestamp: createdAt }),
    taskEvent(userId, { ...task, event_type: "UPDATED", timestamp: createdAt + 1 }),
    taskEvent(userId, { ...task, event_type: "COMPLETED", timestamp: createdAt + seconds * 1_000 }),
  ];
}

/** Created and completed tasks, and the sum of the times, by user. */
async function counted(database: TestDatabase): Promise<unknown[]> {
  const { rows } = await query(
    database,
    `select user_id, count(*) filter (where not completed)::int as created,
       count(*) filter (where completed)::int as completed, sum(seconds) as seconds
     from ${statistics.events} group by user_id order by user_id`,
  );
  return rows;
}

test("each created and completed task counts once, whatever is delivered twice, replayed or late", async () => {
  const { start, database, topic } = await scene("analytics");
  const now = Date.now();
  const events = [
    ...lifeOf("anna", now - 60_000, 30),
    ...lifeOf("bert", now - 3 * dayMs, 600),
    // Late: of a day long over, after events of today.
    ...lifeOf("anna", now - 20 * dayMs, 5),
  ];
  await produceEvents(topic, [...events, ...events.toReversed()]);
  const first = await start({ POD_NAME: "task-analytics-1" });
  await first.ready();
  const all = [
    { user_id: "anna", created: 2, completed: 2, seconds: 35 },
    { user_id: "bert", created: 1, completed: 1, seconds: 600 },
  ];
  await eventually(async () => (await metric(first.adminUrl, "events_processed_total")) === 18, "all events");
  expect(await counted(database)).toEqual(all);
  expect(await metric(first.adminUrl, "events_processed_total", 'result="ignored"')).toBe(6);
  expect(await metric(first.adminUrl, "events_processed_total", 'result="duplicate"')).toBe(6);

  first.child.kill("SIGKILL");
  await first.exit;
  // The whole topic again, by a group that has read nothing: a replay.
  const replay = await start({ CONSUMER_GROUP: `replay-${randomUUID()}` });
  await replay.ready();
  await eventually(
    async () => (await metric(replay.adminUrl, "events_processed_total")) === 18,
    "the replay",
  );
  expect(await counted(database)).toEqual(all);
});

test("a completion whose payload is no task is dead-lettered alone", async () => {
  const { start, database, topic, deadLetterTopic } = await scene("analytics");
  const [created, , completed] = lifeOf("anna", Date.now() - 60_000, 30) as [TaskEvent, TaskEvent, TaskEvent];
  await produceEvents(topic, [
    created,
    { ...completed, event_id: randomUUID(), payload: "no JSON" },
    completed,
  ]);
  const analytics = await start();
  await analytics.ready();
  await eventually(
    async () => (await metric(analytics.adminUrl, "events_processed_total")) === 3,
    "all events",
  );
  expect(await counted(database)).toEqual([{ user_id: "anna", created: 1, completed: 1, seconds: 30 }]);
  const [letter] = await readRecords(deadLetterTopic, 1);
  expect(letter?.headers["x-exception-message"]).toBe("payload: not the JSON of a task");
});
