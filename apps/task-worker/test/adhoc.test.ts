import { execFileSync } from "node:child_process";
import { taskEventReader, taskEventSchema, unframe } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { backEnds, createTopics, eventually, query, readRecords, uniqueName } from "../../../tests/support/back-ends.ts";
import { migratedDatabase } from "./database.ts";
import { insertEvents, metric, startRole, taskEvent } from "./support.ts";

const read = taskEventReader(taskEventSchema);
test("broker kill", async () => {
  const database = await migratedDatabase();
  const { events: topic, dead } = await createTopics({ events: {}, dead: {} });
  const env = { TOPIC_TASK_EVENTS: topic, TOPIC_PROCESSOR_DEAD_LETTER: dead, CONSUMER_GROUP: uniqueName("g") };
  const relay = await startRole("relay", database, env);
  const processor = await startRole("processor", database, env);
  await relay.ready();
  await processor.ready();
  const brokers = backEnds().kafka.brokers;
  const port = brokers[1]?.split(":")[1];
  const line = execFileSync("sh", ["-c", `ss -ltnp | grep ":${port} "`]).toString();
  const pid = Number(/pid=(\d+)/.exec(line)?.[1]);
  const users = Array.from({ length: 20 }, (_, at) => `u${at}`);
  const rounds = 200;
  let worst = 0;
  let worstDelay = 0;
  const t0 = Date.now();
  for (let round = 0; round < rounds; round += 1) {
    await insertEvents(database, users.map((u) => taskEvent(u, { metadata: { round: String(round) } })));
    if (round === 60) { process.kill(pid, "SIGKILL"); console.log("killed", pid, Date.now() - t0); }
    if (round % 10 === 0) {
      const p = (await query(database, "select coalesce(max(extract(epoch from now()-created_at)),0)::float8 as a from outbox")).rows[0].a as number;
      worst = Math.max(worst, p);
    }
    worstDelay = Math.max(worstDelay, 0);
    await new Promise((r) => setTimeout(r, 40));
  }
  await eventually(async () => {
    const p = (await query(database, "select coalesce(max(extract(epoch from now()-created_at)),0)::float8 as a, count(*)::int as n from outbox")).rows[0] as { a: number; n: number };
    worst = Math.max(worst, p.a);
    return p.n === 0;
  }, "empty outbox", 60_000);
  console.log("outbox empty", Date.now() - t0, "worst age", worst, "failures", await metric(relay.adminUrl, "outbox_publish_failures_total"));
  await eventually(async () => (await query(database, "select count(*)::int as n from task_activity")).rows[0].n === rounds * 20, "effects", 90_000).catch(async (e) => { console.log((await query(database, "select count(*)::int as n from task_activity")).rows, processor.output().slice(-3000)); throw e; });
  console.log("worst effect delay", (await query(database, "select max(extract(epoch from processed_at-occurred_at))::float8 as d from task_activity")).rows);
  console.log("effects", Date.now() - t0);
  const records = await readRecords(topic, rounds * 20);
  console.log("records", records.length, "of", rounds * 20);
  const byUser = Map.groupBy(records.map((r) => read(unframe(r.value ?? Buffer.alloc(0)).body)), (e) => e.user_id);
  for (const u of users) expect([...new Set(byUser.get(u)?.map((e) => Number(e.metadata.round)))]).toEqual(Array.from({ length: rounds }, (_, r) => r));
  console.log(relay.output().split("\n").filter((l) => /warn|error/.test(l)).slice(0, 5).join("\n").slice(0, 2500));
  console.log(processor.output().split("\n").filter((l) => /warn|error|joined/.test(l)).slice(0, 8).join("\n").slice(0, 3500));
  for (const p of [relay, processor]) { p.child.kill("SIGTERM"); }
  console.log(await relay.exit, await processor.exit);
}, 240_000);
