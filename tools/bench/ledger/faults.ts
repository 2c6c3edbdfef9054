import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { startEnvironment } from "../../local/index.ts";

export type Environment = NonNullable<Awaited<ReturnType<typeof startEnvironment>>>;

/** Something that is done to a running environment. */
interface Fault {
  readonly name: string;
  strike(): Promise<void>;
}

const serviceHangsMs = 20_000;
const failoverMs = 5_000;

/** Every fault, in the order in which they come. Only one strikes at a time. */
export function faultsOf({ parts, pods, addresses }: Environment, brokerHangsMs: number): readonly Fault[] {
  const brokers = parts.filter(({ name }) => name.startsWith("kafka-"));
  const kill = (name: string, pid: () => number): Fault => ({
    name: `${name} killed`,
    strike: async () => void process.kill(pid(), "SIGKILL"),
  });
  const hang = (name: string, pid: () => number, ms: number): Fault => ({
    name: `${name} hung for ${ms / 1_000} s`,
    strike: async () => {
      const hung = pid();
      process.kill(hung, "SIGSTOP");
      await pause(ms);
      try {
        process.kill(hung, "SIGCONT");
      } catch {
        // Its liveness probe has ended it.
      }
    },
  });
  return [
    ...brokers.slice(0, 1).map((broker) => kill(broker.name, () => broker.pid)),
    ...brokers.map((broker) => hang(broker.name, () => broker.pid, brokerHangsMs)),
    ...pods.flatMap((pod) => [
      kill(pod.spec.name, () => pod.pid),
      hang(pod.spec.name, () => pod.pid, serviceHangsMs),
    ]),
    { name: "a process of PostgreSQL killed", strike: () => killBackEnd(addresses.postgres) },
    { name: "the cache failed over", strike: () => failOver(addresses.redis) },
  ];
}

/** PostgreSQL then ends every session and recovers. */
async function killBackEnd(postgres: Environment["addresses"]["postgres"]): Promise<void> {
  const client = new pg.Client({ ...postgres, database: "tasks" });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where usename = 'task_api' order by query_start desc limit 1",
  );
  const [row] = rows;
  await client.end();
  if (row === undefined) throw new Error("the API has no session");
  process.kill(row.pid, "SIGKILL");
}

/** The server becomes a replica and refuses writes, as the old primary of a cache does, and is the primary again later. */
async function failOver({ host, port }: Environment["addresses"]["redis"]): Promise<void> {
  const socket = connect(port, host);
  socket.write("REPLICAOF 127.0.0.1 1\r\n");
  await pause(failoverMs);
  socket.end("REPLICAOF NO ONE\r\n");
}
