import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Lifecycle } from "@task-platform/runtime/lifecycle";
import { createLogger, type Logger } from "@task-platform/runtime/logging";
import { runMigrations } from "@task-platform/runtime/migrations";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { onTestFinished } from "vitest";
import {
  backEnds,
  createDatabase,
  fetchJson,
  query,
  type TestDatabase,
  uniqueName,
} from "../../../tests/support/back-ends.ts";
import { readConfig, readMigrationConfig, startServer } from "../src/index.ts";

const audience = "task-api";

/** An OIDC issuer for a test: publishes one key and signs any claims. */
export interface Issuer {
  readonly url: string;
  readonly jwksUrl: string;
  sign(claims?: JWTPayload, header?: { typ?: string }): Promise<string>;
  /** Publishes another key instead, and signs with that. Resolves to its id. */
  rotate(): Promise<string>;
  close(): Promise<void>;
}

async function createKey(id: string) {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwks = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid: id, alg: "ES256", use: "sig" }],
  });
  return { id, privateKey, jwks };
}

export async function createIssuer(): Promise<Issuer> {
  let key = await createKey("key-1");
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", connection: "close" }).end(key.jwks);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const now = (): number => Math.floor(Date.now() / 1000);
  return {
    url,
    jwksUrl: `${url}jwks.json`,
    sign: (claims = {}, header = {}) =>
      new SignJWT({
        iss: url,
        aud: audience,
        exp: now() + 300,
        scope: "tasks:read tasks:write",
        ...claims,
      })
        .setProtectedHeader({ alg: "ES256", kid: key.id, ...header })
        .sign(key.privateKey),
    rotate: async () => {
      key = await createKey(`${key.id}-next`);
      return key.id;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

/** The environment variables of the service on the back ends of the tests, with the least privileged role. */
export function environment(
  database: TestDatabase,
  issuer: Pick<Issuer, "url" | "jwksUrl">,
  overrides: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const { redis } = backEnds();
  return {
    SERVICE_NAME: "task-api",
    LOG_LEVEL: "fatal",
    BIND_ADDRESS: "127.0.0.1",
    HTTP_PORT: "0",
    GRPC_PORT: "0",
    ADMIN_PORT: "0",
    DATABASE_HOST: database.host,
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.name,
    DATABASE_USER: "task_api",
    DATABASE_AUTH: "none",
    DATABASE_TLS: "off",
    REDIS_HOST: redis.host,
    REDIS_PORT: String(redis.port),
    REDIS_AUTH: "none",
    REDIS_TLS: "off",
    AUTH_ISSUER: issuer.url,
    AUTH_AUDIENCE: audience,
    AUTH_JWKS_URL: issuer.jwksUrl,
    RATE_LIMIT_PER_MINUTE: "100000",
    ...overrides,
  };
}

export const silent: Logger = createLogger({ service: "test", level: "fatal" });

/** A fresh database with the schema, migrated by its owner. */
export async function createMigratedDatabase(): Promise<TestDatabase> {
  const database = await createDatabase();
  await migrateDatabase(database);
  return database;
}

async function migrateDatabase(database: TestDatabase): Promise<string[]> {
  const config = readMigrationConfig({
    SERVICE_NAME: "task-migrate",
    DATABASE_HOST: database.host,
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.name,
    DATABASE_USER: database.user,
    DATABASE_AUTH: "none",
    DATABASE_TLS: "off",
  });
  return runMigrations(config.database, silent);
}

/** A lifecycle that a test stops: the same hooks in the same order, without signals and exit codes. */
function testLifecycle(): Lifecycle & { stop(): Promise<void> } {
  const controller = new AbortController();
  const hooks: (() => void | Promise<void>)[] = [];
  let state: Lifecycle["state"] = "starting";
  return {
    signal: controller.signal,
    get state() {
      return state;
    },
    onStop: (_name, hook) => void hooks.push(hook),
    ready: () => {
      state = "ready";
    },
    fail: (error) => {
      throw error;
    },
    stop: async () => {
      state = "stopping";
      controller.abort();
      for (const hook of hooks.toReversed()) await hook();
    },
  };
}

/** The addresses of a running service, and its back ends. */
export interface Api {
  readonly url: string;
  readonly adminUrl: string;
  /** Host and port, as a gRPC client wants them. */
  readonly grpcAddress: string;
  readonly database: TestDatabase;
  readonly issuer: Issuer;
  stop(): Promise<void>;
}

/** Starts the service in this process, on a database of its own. */
export async function startApi(
  overrides: NodeJS.ProcessEnv = {},
  given: { database?: TestDatabase; logger?: Logger } = {},
): Promise<Api> {
  const database = given.database ?? (await createMigratedDatabase());
  const issuer = await createIssuer();
  const lifecycle = testLifecycle();
  const config = readConfig(environment(database, issuer, overrides));
  const ports = await startServer(config, given.logger ?? silent, lifecycle);
  return {
    url: `http://127.0.0.1:${ports.httpPort}`,
    adminUrl: `http://127.0.0.1:${ports.adminPort}`,
    grpcAddress: `127.0.0.1:${ports.grpcPort}`,
    database,
    issuer,
    stop: async () => {
      await lifecycle.stop();
      await issuer.close();
    },
  };
}

/** The service for one test. */
export async function startApiForTest(...parameters: Parameters<typeof startApi>): Promise<Api> {
  const api = await startApi(...parameters);
  onTestFinished(() => api.stop());
  return api;
}

export interface TaskBody {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly description: string;
  readonly completed: boolean;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly correlation_id?: string;
  readonly trace_id?: string;
  readonly errors?: readonly { pointer: string; detail: string }[];
}

type FetchOptions = NonNullable<Parameters<typeof fetchJson>[1]>;

/** One user with a token. */
export interface User {
  readonly id: string;
  readonly token: string;
  call(path: string, options?: FetchOptions): ReturnType<typeof fetchJson>;
  create(title: string, headers?: Record<string, string>): Promise<TaskBody>;
  patch(task: TaskBody, changes: object): ReturnType<typeof fetchJson>;
}

export async function createUser(api: Api, claims: JWTPayload = {}): Promise<User> {
  const id = claims.sub ?? uniqueName("user");
  const token = await api.issuer.sign({ sub: id, ...claims });
  const call: User["call"] = (path, options = {}) => fetchJson(`${api.url}${path}`, { token, ...options });
  return {
    id,
    token,
    call,
    create: async (title, headers = {}) => {
      const answer = await call("/v1/tasks", { method: "POST", body: { title }, headers });
      if (answer.status !== 201)
        throw new Error(`create answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body as TaskBody;
    },
    patch: (task, body) =>
      call(`/v1/tasks/${task.id}`, {
        method: "PATCH",
        body,
        headers: { "if-match": `"${task.version}"` },
      }),
  };
}

/** A row of the outbox, oldest first. */
export interface OutboxRow {
  readonly id: string;
  readonly shard: number;
  readonly key: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly schema_version: number;
  readonly payload: Buffer;
  readonly headers: Record<string, string>;
}

export async function outbox(database: TestDatabase, userId: string): Promise<OutboxRow[]> {
  const { rows } = await query(database, "select * from outbox where key = $1 order by id", [userId]);
  return rows as OutboxRow[];
}
