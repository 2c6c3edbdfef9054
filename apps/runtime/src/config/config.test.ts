import { variables } from "@task-platform/contracts";
import { expect, test } from "vitest";
import {
  authConfig,
  type ConfigPiece,
  ConfigurationError,
  databaseConfig,
  definePiece,
  hostName,
  integer,
  kafkaConfig,
  list,
  parseEnvironment,
  redisConfig,
  schemaRegistryConfig,
  serviceConfig,
  url,
} from "./index.ts";

function problemsOf(piece: ConfigPiece<unknown>, environment: Record<string, string>): string[] {
  try {
    parseEnvironment({ piece }, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
  return [];
}

const database = {
  DATABASE_HOST: "db.internal",
  DATABASE_NAME: "tasks",
  DATABASE_USER: "task_api",
  DATABASE_AUTH: "iam",
  DATABASE_TLS: "verify-full",
  AWS_REGION: "us-east-1",
};

test("valid variables become nested, typed configuration with defaults", () => {
  const config = parseEnvironment(
    { service: serviceConfig, database: databaseConfig, redis: redisConfig, auth: authConfig },
    {
      ...database,
      SERVICE_NAME: "task-api",
      SHUTDOWN_GRACE_MS: "1000",
      REDIS_HOST: "cache.internal",
      REDIS_AUTH: "iam",
      REDIS_USER: "task-api",
      REDIS_REPLICATION_GROUP: "tasks",
      REDIS_TLS: "on",
      AUTH_ISSUER: "https://issuer.example/",
      AUTH_AUDIENCE: "task-api",
      AUTH_JWKS_URL: "https://issuer.example/jwks.json",
    },
  );
  expect(config).toEqual({
    service: { name: "task-api", logLevel: "info", bind: "0.0.0.0", adminPort: 8081, graceMs: 1000 },
    database: {
      host: "db.internal",
      readerHost: undefined,
      port: 5432,
      name: "tasks",
      user: "task_api",
      auth: { kind: "iam", region: "us-east-1" },
      tls: "verify-full",
      connectionPoolSize: 10,
    },
    redis: {
      host: "cache.internal",
      port: 6379,
      tls: true,
      auth: { kind: "iam", region: "us-east-1", user: "task-api", replicationGroup: "tasks" },
    },
    auth: {
      issuer: "https://issuer.example/",
      audience: "task-api",
      jwksUrl: "https://issuer.example/jwks.json",
    },
  });
});

test("the error lists every problem: the given value, the valid values, how to correct it", () => {
  const parse = (): unknown =>
    parseEnvironment(
      { service: serviceConfig },
      { LOG_LEVEL: "loud", ADMIN_PORT: "", SHUTDOWN_GRACE_MS: "1e3" },
    );
  expect(parse).toThrow(
    [
      "environment variables: 4 problems, nothing was started.",
      "  - SERVICE_NAME: got nothing; allowed: a name without blanks; set it in the manifest of the workload",
      '  - LOG_LEVEL: got "loud"; allowed: trace, debug, info, warn, error, fatal, or not set; correct it in the manifest of the workload',
      '  - ADMIN_PORT: got ""; allowed: a whole number from 0 to 65535, or not set; correct it in the manifest of the workload',
      '  - SHUTDOWN_GRACE_MS: got "1e3"; allowed: a whole number from 100 to 600000, or not set; correct it in the manifest of the workload',
    ].join("\n"),
  );
});

test("a misspelling of a variable that is not set is reported; an unrelated variable is not", () => {
  const environment = { SERVICE_NAME: "x", LOGLEVEL: "info", ADMIN_PROT: "1", PATH: "/bin", HTTP_PROXY: "x" };
  expect(problemsOf(serviceConfig, environment)).toEqual(["LOGLEVEL", "ADMIN_PROT"]);
});

test.each<[string, Record<string, string>, string[]]>([
  ["iam without a region", { AWS_REGION: "" }, ["AWS_REGION"]],
  ["iam without TLS", { DATABASE_TLS: "off" }, ["DATABASE_TLS"]],
  ["a secret without its name", { DATABASE_AUTH: "secret" }, ["DATABASE_SECRET_ARN"]],
  ["the name of a secret that nothing reads", { DATABASE_SECRET_ARN: "arn" }, ["DATABASE_SECRET_ARN"]],
  ["an unknown way to sign in", { DATABASE_AUTH: "password" }, ["DATABASE_AUTH"]],
  ["TLS that is not checked", { DATABASE_TLS: "require" }, ["DATABASE_TLS"]],
  ["no connection at all", { DATABASE_POOL_SIZE: "0" }, ["DATABASE_POOL_SIZE"]],
  ["a host with a port", { DATABASE_HOST: "db.internal:5432" }, ["DATABASE_HOST"]],
])("a database with %s is refused", (_, change, problems) => {
  expect(problemsOf(databaseConfig, { ...database, ...change })).toEqual(problems);
});

test("a cache with IAM needs every part of the token, and TLS", () => {
  const environment = { REDIS_HOST: "cache", REDIS_AUTH: "iam", REDIS_TLS: "off" };
  expect(problemsOf(redisConfig, environment)).toEqual([
    "AWS_REGION",
    "REDIS_USER",
    "REDIS_REPLICATION_GROUP",
    "REDIS_TLS",
  ]);
});

const kafka = { KAFKA_BROKERS: "a:9092,b:9092", KAFKA_AUTH: "none", KAFKA_TLS: "off" };

test.each<[string, Record<string, string>, string[]]>([
  ["brokers without a port", { KAFKA_BROKERS: "localhost" }, ["KAFKA_BROKERS"]],
  ["iam without a region and TLS", { KAFKA_AUTH: "iam" }, ["AWS_REGION", "KAFKA_TLS"]],
])("Kafka with %s is refused", (_, change, problems) => {
  expect(problemsOf(kafkaConfig, kafka)).toEqual([]);
  expect(problemsOf(kafkaConfig, { ...kafka, ...change })).toEqual(problems);
});

test.each([
  ["http://registry:8081", "/app/secrets", ["SCHEMA_REGISTRY_URL"]],
  ["http://127.0.0.1:8081", "/app/secrets", []],
  ["https://registry/path", "/app/secrets", []],
  ["https://registry/path", "secrets", ["SCHEMA_REGISTRY_CREDENTIALS_DIR"]],
])("a schema registry at %s with its password in %s has the problems %j", (address, directory, problems) => {
  const environment = { SCHEMA_REGISTRY_URL: address, SCHEMA_REGISTRY_CREDENTIALS_DIR: directory };
  expect(problemsOf(schemaRegistryConfig, environment)).toEqual(problems);
});

test("the value of a secret variable is never shown", () => {
  const environment = { ...database, DATABASE_AUTH: "secret", DATABASE_SECRET_ARN: "hush hush" };
  expect(() => parseEnvironment({ databaseConfig }, environment)).toThrow(/a value that is not shown/);
  expect(() => parseEnvironment({ databaseConfig }, environment)).not.toThrow(/hush/);
});

test("a long value is truncated, and a problem of two pieces is reported once", () => {
  const piece = definePiece({ AWS_REGION: integer(1, 2) }, (raw) => raw);
  const parse = (): unknown => parseEnvironment({ one: piece, two: piece }, { AWS_REGION: "x".repeat(500) });
  expect(parse).toThrow(/^environment variables: 1 problem, .*\n {2}- AWS_REGION: got "x{80}…"/);
});

test.each([
  ["", false],
  ["01", false],
  ["+1", false],
  [" 1", false],
  ["1.0", false],
  ["0x1", false],
  ["9999999999999999", false],
  ["6", false],
  ["1", true],
  ["5", true],
])("as a whole number from 1 to 5, %j is accepted: %s", (given, accepted) => {
  expect(integer(1, 5).safeParse(given).success).toBe(accepted);
});

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["::1", true],
  ["db-1.internal", true],
  ["http://db", false],
  ["db:1", false],
  ["-db", false],
  ["db..internal", false],
  ["", false],
])("as a host, %j is accepted: %s", (given, accepted) => {
  expect(hostName().safeParse(given).success).toBe(accepted);
});

test.each([
  ["https://issuer.example/", true],
  ["http://127.0.0.1:8080/jwks", true],
  ["ftp://issuer.example/", false],
  ["https://user:word@issuer.example/", false],
  ["issuer.example", false],
  ["", false],
])("as an address, %j is accepted: %s", (given, accepted) => {
  expect(url().safeParse(given).success).toBe(accepted);
});

test("a list is refused when one of its items is", () => {
  const brokers = list(hostName(), "hosts");
  expect(brokers.safeParse("a,b").data).toEqual(["a", "b"]);
  for (const given of ["", "a,", "a,b c"]) expect(brokers.safeParse(given).success).toBe(false);
});

const pieces = [
  serviceConfig,
  databaseConfig,
  redisConfig,
  kafkaConfig,
  schemaRegistryConfig,
  authConfig,
] as const;

test.each(pieces)("every variable of a piece is in the contracts and describes its valid values", (piece) => {
  const names = Object.keys(piece.schemas);
  const known: readonly string[] = variables;
  expect(names.filter((variable) => !known.includes(variable))).toEqual([]);
  const invalid = Object.fromEntries(names.map((variable) => [variable, "\0"]));
  const parse = (): unknown => parseEnvironment({ piece }, invalid);
  expect(parse).toThrow(ConfigurationError);
  // The message for a schema without a description.
  expect(parse).not.toThrow(/another value/);
});
