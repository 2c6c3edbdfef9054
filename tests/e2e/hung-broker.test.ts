import { type Admin, Kafka, logLevel } from "kafkajs";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { partitionOf, topics } from "../../apps/contracts/src/index.ts";
import { insertEvents, taskEvent } from "../../apps/task-worker/test/support.ts";
import { eventually } from "../support/eventually.ts";
import { Starter } from "./starter.ts";

const slow = 900_000;
const { partitions } = topics.taskEvents;

/** One user for each partition. */
const users = Array.from({ length: partitions }, (_, shard) => {
  for (let at = 0; ; at += 1) if (partitionOf(`user-${at}`, partitions) === shard) return `user-${at}`;
});

/** The partitions that a replica is missing from, as "topic/partition: the replicas in sync". */
async function incomplete(admin: Admin): Promise<readonly string[]> {
  const { topics: all } = await admin.fetchTopicMetadata({
    topics: [topics.taskEvents.name, "__consumer_offsets"],
  });
  return all.flatMap((topic) =>
    topic.partitions
      .filter(({ isr, replicas }) => isr.length < replicas.length)
      .map(
        ({ partitionId, leader, isr }) => `${topic.name}/${partitionId}: leader ${leader}, in sync ${isr}`,
      ),
  );
}

/** Adds to a failure what is needed to find its cause. */
async function explain(error: unknown, starter: Starter, client: pg.Client, admin: Admin): Promise<Error> {
  const told = async (what: Promise<unknown>): Promise<string> => JSON.stringify(await what.catch(String));
  return new Error(
    [
      (error as Error).message,
      `replicas missing: ${await told(incomplete(admin))}`,
      `outbox: ${await told(client.query("select shard, count(*)::int from outbox group by shard").then(({ rows }) => rows))}`,
      `end of the output:\n${starter.output.slice(-12_000)}`,
    ].join("\n"),
    { cause: error },
  );
}

test("a broker that hangs and keeps its connections stops no partition: others take over while it still hangs", {
  timeout: slow,
}, async () => {
  const starter = await Starter.start(["--logs"]);
  await starter.ready();
  const address = starter.address("PostgreSQL");
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  const brokers = starter.address("Kafka").split(",");
  const admin = new Kafka({ clientId: "hung-broker-test", brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect().catch(() => undefined));
  /** Writes an event of each user to the outbox, and returns their ids. */
  const write = async (): Promise<readonly string[]> => {
    const { hostname: host, port, username: user, pathname } = new URL(address);
    const name = pathname.slice(1);
    const events = users.map((each) => taskEvent(each));
    await insertEvents({ host, port: Number(port), user, database: name, name }, events);
    return events.map(({ event_id }) => event_id);
  };
  const applied = async (ids: readonly string[], when: string): Promise<void> => {
    const all = async (): Promise<boolean> => {
      const { rows } = await client.query("select 1 from task_activity where event_id = any($1)", [ids]);
      return rows.length === ids.length;
    };
    await eventually(all, `events ${when}`).catch(async (error: unknown) => {
      throw await explain(error, starter, client, admin);
    });
  };
  await applied(await write(), "before");
  for (const broker of ["kafka-1", "kafka-2", "kafka-3"]) {
    // One broker at a time: while the replicas of the one before are still behind, this one would be the second.
    await eventually(async () => (await incomplete(admin)).length === 0, "all replicas to be in sync");
    const pid = starter.pidOf(broker);
    process.kill(pid, "SIGSTOP");
    const began = performance.now();
    try {
      await applied(await write(), `while ${broker} hangs`);
      process.stdout.write(
        `${broker} hung: every effect after ${Math.round(performance.now() - began)} ms\n`,
      );
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await applied(await write(), `after ${broker} is back`);
  }
  const { rows } = await client.query(
    "select count(*)::int as twice from task_activity group by event_id having count(*) > 1",
  );
  expect(rows).toEqual([]);
});
