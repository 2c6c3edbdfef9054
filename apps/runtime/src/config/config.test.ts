import { variables } from "@task-platform/contracts";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  authConfig,
  type ConfigPiece,
  ConfigurationError,
  databaseConfig,
  definePiece,
  hostName,
  integer,
  list,
  parseEnvironment,
  redisConfig,
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

test("a complete environment becomes nested, typed configuration with the defaults filled in", () => {
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

test("every problem is told at once: what was given, what is allowed, what to do", () => {
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

test("a variable that is a slip away from one that is not set is told, and one that is not ours is not", () => {
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

test("a cache with IAM needs all that a token is made of, and TLS", () => {
  const environment = { REDIS_HOST: "cache", REDIS_AUTH: "iam", REDIS_TLS: "off" };
  expect(problemsOf(redisConfig, environment)).toEqual([
    "AWS_REGION",
    "REDIS_USER",
    "REDIS_REPLICATION_GROUP",
    "REDIS_TLS",
  ]);
});

test("the value of a secret's variable is never shown", () => {
  const environment = { ...database, DATABASE_AUTH: "secret", DATABASE_SECRET_ARN: "hush hush" };
  expect(() => parseEnvironment({ databaseConfig }, environment)).toThrow(/a value that is not shown/);
  expect(() => parseEnvironment({ databaseConfig }, environment)).not.toThrow(/hush/);
});

test("a long value is cut short and a problem of two pieces is told once", () => {
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

test("only variables that the manifests may set are read", () => {
  const read = [serviceConfig, databaseConfig, redisConfig, authConfig].flatMap(({ schemas }) =>
    Object.keys(schemas),
  );
  const known: readonly string[] = variables;
  expect(read.filter((variable) => !known.includes(variable))).toEqual([]);
  // A schema without words would be told as "another value".
  const schemas = [serviceConfig, databaseConfig, redisConfig, authConfig].flatMap((piece) =>
    Object.values(piece.schemas),
  );
  expect(schemas.every((schema) => schema instanceof z.ZodType)).toBe(true);
});
