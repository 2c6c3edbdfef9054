import pg from "pg";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { Starter } from "./starter.ts";

const slow = 300_000;
/** Fewer than the rate limit of one user (100 per minute), and enough to continue after the broker is back. */
const creates = 60;
const pauseMs = 250;
const killAfter = 12;

test("a killed broker loses no task and no event; a killed database ends the run with its name", {
  timeout: slow,
}, async () => {
  const starter = await Starter.start();
  await starter.ready();
  const acknowledged: string[] = [];
  for (let at = 0; at < creates; at += 1) {
    if (at === killAfter) process.kill(starter.pidOf("kafka-2"), "SIGKILL");
    const id = await create(starter, `task ${at}`);
    if (id !== undefined) acknowledged.push(id);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  // The API writes only to PostgreSQL, so the broker does not affect it.
  expect(acknowledged.length).toBe(creates);
  await starter.says("kafka-2 was ended by SIGKILL; the other two go on, and it is restarted");
  await starter.says("kafka-2 is back");
  await eventually(
    async () => (await processed(starter, acknowledged)).length === creates,
    "every acknowledged task in the activity of the processor",
    60_000,
  );
  expect(new Set(await processed(starter, acknowledged)).size).toBe(creates); // each exactly once

  const kill = starter.pidOf("postgres");
  process.kill(kill, "SIGKILL");
  expect(await starter.exited).toBe(1);
  expect(starter.output).toContain("a back end is gone: postgres was ended by SIGKILL");
});

async function create(starter: Starter, title: string): Promise<string | undefined> {
  const answer = await fetch(`http://127.0.0.1:${starter.port}/v1/tasks`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${starter.address("export TOKEN=")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ title }),
  });
  return answer.status === 201 ? ((await answer.json()) as { id: string }).id : undefined;
}

/** Ids of the created tasks in the activity table, one for every record. */
async function processed(starter: Starter, ids: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: starter.address("PostgreSQL") });
  await client.connect();
  try {
    const { rows } = await client.query<{ task_id: string }>(
      "select task_id from task_activity where event_type = 'CREATED' and task_id = any($1)",
      [ids],
    );
    return rows.map((row) => row.task_id);
  } finally {
    await client.end();
  }
}
