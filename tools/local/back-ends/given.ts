import { connect } from "node:net";
import type { Addresses, PostgresAddress } from "./types.ts";

/** Variables with addresses of servers that already run. A server that is given is used, and that back end is not started. */
export const addressVariables = {
  postgres: "TASK_PLATFORM_POSTGRES_URL",
  redis: "TASK_PLATFORM_REDIS_URL",
  kafka: "TASK_PLATFORM_KAFKA_BROKERS",
  "schema-registry": "TASK_PLATFORM_SCHEMA_REGISTRY_URL",
} as const;

const examples = {
  postgres: "postgres://postgres@127.0.0.1:5432/postgres",
  redis: "redis://127.0.0.1:6379",
  kafka: "127.0.0.1:9092,127.0.0.1:9093,127.0.0.1:9094",
  "schema-registry": "http://127.0.0.1:8085",
} as const;

/** Reads the addresses and reports every bad one at once. */
export function readGiven(env: NodeJS.ProcessEnv): Addresses {
  const problems: string[] = [];
  const take = <T>(
    part: keyof typeof addressVariables,
    parse: (text: string) => T | undefined,
  ): T | undefined => {
    const text = env[addressVariables[part]];
    if (text === undefined || text === "") return undefined;
    const value = parse(text);
    // The message does not show the value, because an address may contain a password.
    if (value === undefined)
      problems.push(`${addressVariables[part]} is not an address such as ${examples[part]}`);
    return value;
  };
  const postgres = take("postgres", parsePostgres);
  const redis = take("redis", parseRedis);
  const kafka = take("kafka", parseBrokers);
  const registryUrl = take("schema-registry", (text) =>
    parseUrl(text, ["http:", "https:"]) ? text : undefined,
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return {
    ...(postgres && { postgres }),
    ...(redis && { redis }),
    ...(kafka && { kafka: { brokers: kafka } }),
    ...(registryUrl && { registryUrl }),
  };
}

function parseUrl(text: string, protocols: readonly string[]): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && protocols.includes(url.protocol) && url.hostname !== "" ? url : undefined;
}

function parsePostgres(text: string): PostgresAddress | undefined {
  const url = parseUrl(text, ["postgres:", "postgresql:"]);
  if (!url || url.username === "") return undefined;
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    database: url.pathname.slice(1) || "postgres",
    ...(url.password && { password: decodeURIComponent(url.password) }),
  };
}

function parseRedis(text: string): { host: string; port: number } | undefined {
  const url = parseUrl(text, ["redis:"]);
  return url && { host: url.hostname, port: Number(url.port || 6379) };
}

function parseBrokers(text: string): string[] | undefined {
  const brokers = text.split(",").map((broker) => broker.trim());
  return brokers.every((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker)) ? brokers : undefined;
}

/** Fails with all given addresses that do not answer, because the error of a service would be harder to understand. */
export async function checkGiven(given: Addresses): Promise<void> {
  const targets = [
    ...(given.postgres
      ? [[addressVariables.postgres, given.postgres.host, given.postgres.port] as const]
      : []),
    ...(given.redis ? [[addressVariables.redis, given.redis.host, given.redis.port] as const] : []),
    ...(given.kafka?.brokers ?? []).map((broker) => {
      const [host = "", port = ""] = broker.split(":");
      return [addressVariables.kafka, host, Number(port)] as const;
    }),
  ];
  const answers = await Promise.all(
    targets.map(async ([variable, host, port]) =>
      (await doesAnswer(host, port)) ? "" : `${variable}: nothing answers at ${host}:${port}`,
    ),
  );
  const problems = answers.filter((answer) => answer !== "");
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

function doesAnswer(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(3_000, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
