import { tmpdir } from "node:os";
import { join } from "node:path";
import { database as names, probePaths, topics } from "@task-platform/contracts";
import pg from "pg";
import { nodeOptions } from "../../components/cluster/workload/index.ts";
import {
  type BackEnds,
  createDatabase,
  createTopics,
  freePorts,
  startBackEnds,
  startIssuer,
  waitUntil,
} from "../local/index.ts";
import { repositoryRoot } from "../plan/index.ts";

const readyWithinMs = 60_000;
/** Of the pods of dev; see stacks/dev.ts. */
const memoryLimit = "512Mi";
const audience = "bench";
const owner = "bench_owner";
/** Enough that few requests at once are of the same user. */
const users = 500;

/** A process of the platform. */
interface Service {
  readonly pid: number;
  readonly port: number;
  /** Resolves when it has ended by itself. */
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** Back ends, an issuer, and the services of the platform as processes of their own, all on loopback. */
export interface Bench {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly tokens: readonly string[];
  /** Starts a service and waits until it is ready. */
  start(service: "task-api" | "relay" | "processor" | "analytics" | "bare"): Promise<Service>;
  /** Process id of the PostgreSQL server, whose back end processes are its children. */
  readonly postgres: number;
  /** Process ids of the Kafka brokers. */
  readonly brokers: readonly number[];
  /** Addresses of the Kafka brokers. */
  readonly kafka: readonly string[];
  /** Number of rows of a table. */
  count(table: "outbox" | "task_activity" | "statistics_events"): Promise<number>;
  stop(): Promise<void>;
}

/** @param profiles folder for a profile of the processor time of each service; none when undefined */
export async function startBench(log: (line: string) => void, profiles: string | undefined): Promise<Bench> {
  const backEnds = await startBackEnds({
    folder: join(tmpdir(), `task-platform-bench-${process.pid}`),
    needs: ["postgres", "redis", "kafka", "schema-registry"],
    durable: true,
    log,
  });
  const issuer = await startIssuer();
  const address = backEnds.addresses.postgres;
  if (address === undefined || backEnds.addresses.kafka === undefined) throw new Error("no back ends");
  await createDatabase(address, { name: "tasks", owner });
  await createTopics(
    backEnds.addresses.kafka,
    Object.values(topics).map(({ name, partitions }) => ({
      name,
      partitions,
      replicationFactor: 3,
      configs: { "min.insync.replicas": "2" },
    })),
  );
  const variables = variablesOf(backEnds, issuer);
  const start = startIn(backEnds, variables, profiles);
  await (await start("migrate")).exited;
  const client = new pg.Client({ ...address, database: "tasks" });
  await client.connect();
  log(`signing ${users} tokens`);
  const tokens = await Promise.all(
    Array.from({ length: users }, (_, at) => issuer.token(`user-${at}`, audience, 7_200)),
  );
  const pids = (part: RegExp): number[] =>
    backEnds.parts.filter(({ name }) => part.test(name)).map(({ pid }) => pid);
  const query: Bench["query"] = async (text, values = []) => (await client.query(text, [...values])).rows;
  return {
    query,
    count: async (table) => Number((await query(`select count(*)::int as count from ${table}`))[0]?.count),
    tokens,
    start,
    postgres: pids(/^postgres$/)[0] ?? 0,
    brokers: pids(/^kafka/),
    kafka: backEnds.addresses.kafka.brokers,
    stop: async () => {
      await client.end();
      await issuer.stop();
      await backEnds.stop();
    },
  };
}

function variablesOf(
  { addresses: { postgres, redis, kafka, registryUrl } }: BackEnds,
  issuer: { readonly url: string; readonly jwksUrl: string },
): Record<string, string> {
  return {
    LOG_LEVEL: "info",
    BIND_ADDRESS: "127.0.0.1",
    DATABASE_HOST: postgres?.host ?? "",
    DATABASE_PORT: String(postgres?.port),
    DATABASE_NAME: "tasks",
    DATABASE_AUTH: "none",
    DATABASE_TLS: "off",
    DATABASE_POOL_SIZE: "16",
    REDIS_HOST: redis?.host ?? "",
    REDIS_PORT: String(redis?.port),
    REDIS_AUTH: "none",
    REDIS_TLS: "off",
    KAFKA_BROKERS: kafka?.brokers.join(",") ?? "",
    KAFKA_AUTH: "none",
    KAFKA_TLS: "off",
    SCHEMA_REGISTRY_URL: registryUrl ?? "",
    AUTH_ISSUER: issuer.url,
    AUTH_AUDIENCE: audience,
    AUTH_JWKS_URL: issuer.jwksUrl,
    RATE_LIMIT_PER_MINUTE: "1000000",
    TOPIC_TASK_EVENTS: topics.taskEvents.name,
  };
}

const programs = {
  migrate: { args: ["apps/task-api/src/main.ts", "migrate"], user: owner, uses: /^(DATABASE_(?!POOL)|LOG)/ },
  "task-api": {
    args: ["apps/task-api/src/main.ts"],
    user: names.roles.api,
    uses: /^(DATABASE|REDIS|AUTH|RATE|LOG|BIND)/,
  },
  relay: {
    args: ["apps/task-worker/src/main.ts", "relay"],
    user: names.roles.relay,
    uses: /^(DATABASE|KAFKA|SCHEMA|TOPIC_TASK|LOG|BIND)/,
  },
  processor: {
    args: ["apps/task-worker/src/main.ts", "processor"],
    user: names.roles.processor,
    uses: /^(DATABASE|KAFKA|SCHEMA|TOPIC|LOG|BIND)/,
  },
  analytics: {
    args: ["apps/task-worker/src/main.ts", "analytics"],
    user: names.roles.analytics,
    uses: /^(DATABASE|KAFKA|SCHEMA|TOPIC|LOG|BIND)/,
  },
  bare: { args: ["tools/bench/bare.ts"], user: "", uses: /^BIND/ },
} as const;

function startIn(
  { children }: BackEnds,
  variables: Readonly<Record<string, string>>,
  profiles: string | undefined,
) {
  let started = 0;
  return async (name: keyof typeof programs): Promise<Service> => {
    const { args, user, uses } = programs[name];
    const [port = 0, grpcPort = 0, adminPort = 0] = await freePorts(3);
    started += 1;
    const child = children.start({
      name: `${name}-${started}`,
      command: process.execPath,
      args: [
        ...(profiles === undefined
          ? []
          : ["--cpu-prof", `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}-${started}.cpuprofile`]),
        ...args,
      ],
      folder: repositoryRoot,
      mark: args[0],
      env: {
        PATH: process.env.PATH,
        NODE_OPTIONS: nodeOptions(memoryLimit),
        ...Object.fromEntries(Object.entries(variables).filter(([key]) => uses.test(key))),
        SERVICE_NAME: name,
        ...(user === "" ? {} : { DATABASE_USER: user }),
        ...(name === "migrate" ? {} : { ADMIN_PORT: String(adminPort) }),
        ...(name === "task-api" || name === "bare" ? { HTTP_PORT: String(port) } : {}),
        ...(name === "task-api" ? { GRPC_PORT: String(grpcPort) } : {}),
      },
    });
    const answers = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${name === "bare" ? port : adminPort}${probePaths.ready}`).then(
        ({ ok }) => ok,
        () => false,
      );
    if (
      name !== "migrate" &&
      !(await waitUntil(answers, { withinMs: readyWithinMs, giveUp: () => !child.running() }))
    )
      throw new Error(`${name} did not start. Its last lines:\n${child.lastLines(8)}`);
    return {
      pid: child.pid,
      port,
      exited: child.exited,
      stop: async () => {
        await child.stop("SIGTERM", 10_000);
      },
    };
  };
}
