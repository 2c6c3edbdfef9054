import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createDatabase, eventually, query, type TestDatabase } from "../../../tests/support/back-ends.ts";
import { createIssuer, createMigratedDatabase, environment, type Issuer } from "./support.ts";
import { openTransaction, waitingProcess } from "./support-locks.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly problems: string;
}

function start(parameters: readonly string[], variables: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [main, ...parameters], {
    env: variables,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return {
    child,
    ended: ended.then(
      ([output, problems, [code]]): Ended => ({ code: code as number | null, output, problems }),
    ),
  };
}

const run = (parameters: readonly string[], variables: NodeJS.ProcessEnv): Promise<Ended> =>
  start(parameters, variables).ended;

test.each([["serve"], ["migrate", "now"]])(
  "the argument %s is refused, and the message lists the allowed ones",
  async (...given) => {
    const { code, problems } = await run(given, {});
    expect([code, problems]).toEqual([
      1,
      `task-api: got "${given.join(" ")}"; allowed: no argument to serve, or "migrate"; start it with one of them\n`,
    ]);
  },
);

test("a wrong environment is refused with all problems at once, and nothing is started", async () => {
  const { code, output, problems } = await run([], {
    SERVICE_NAME: "task-api",
    HTTP_PORT: "80x",
    DATABASE_HOTS: "db.internal",
    DATABASE_NAME: "tasks",
    DATABASE_USER: "task_api",
    DATABASE_AUTH: "secret",
    DATABASE_SECRET_ARN: "has a blank",
    DATABASE_TLS: "verify-full",
    REDIS_HOST: "redis://cache",
    REDIS_AUTH: "iam",
    REDIS_TLS: "off",
    AUTH_ISSUER: "not an address",
    AUTH_AUDIENCE: "task-api",
    AUTH_JWKS_URL: "https://user:word@issuer.example/jwks.json",
    SHUTDOWN_GRACE_MS: "soon",
  });
  expect([code, output]).toEqual([1, ""]);
  const named = [...problems.matchAll(/^ {2}- ([A-Z_]+): got/gm)].map(([, variable]) => variable);
  expect(named.toSorted()).toEqual([
    "AUTH_ISSUER",
    "AUTH_JWKS_URL",
    "DATABASE_HOST",
    "DATABASE_HOTS",
    "DATABASE_SECRET_ARN",
    "HTTP_PORT",
    "REDIS_HOST",
    "SHUTDOWN_GRACE_MS",
  ]);
  expect(problems).toContain(
    '  - HTTP_PORT: got "80x"; allowed: a whole number from 0 to 65535, or not set; correct it in the manifest of the workload\n',
  );
  expect(problems).not.toContain("has a blank");
});

test("migrate brings the schema up to date and exits, also the second time", async () => {
  const database = await createDatabase();
  const variables = { ...environment(database, noIssuer), DATABASE_USER: database.user, LOG_LEVEL: "info" };
  const [first, second] = [await run(["migrate"], variables), await run(["migrate"], variables)];
  expect([first.code, second.code, first.problems, second.problems]).toEqual([0, 0, "", ""]);
  expect([first.output, second.output]).toEqual([
    expect.stringContaining(
      '"migrations":["0001_tables","0002_roles","0003_page_token_keys","0004_create_tasks","0005_activity_by_day","0006_statistics","0007_retries","0008_sagas"]',
    ),
    expect.stringContaining("the schema is up to date"),
  ]);
});

test("migrate without a database exits with 1 and a message", async () => {
  const database = { host: "127.0.0.1", port: 1, user: "x", database: "x", name: "x" };
  const { code, problems } = await run(["migrate"], environment(database, noIssuer));
  expect([code, problems]).toEqual([1, expect.stringContaining("ECONNREFUSED")]);
});

test("a port in use makes the service exit with 1 and name the port", async () => {
  const first = await startService();
  for (const [variable, port] of Object.entries({ HTTP_PORT: first.httpPort, GRPC_PORT: first.grpcPort })) {
    const { code, output } = await run([], { ...first.variables, [variable]: String(port) });
    expect([code, output]).toEqual([1, expect.stringMatching(new RegExp(`EADDRINUSE.*${port}`))]);
  }
});

test("SIGTERM under load: no request fails, every answered task is stored, and the exit code is 0", async () => {
  const service = await startService();
  const token = await service.issuer.sign({ sub: "loaded" });
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  onTestFinished(() => agent.destroy());
  let ready = true;
  const created: string[] = [];
  const failures: string[] = [];
  // A client that follows readiness, as a load balancer does.
  const work = Array.from({ length: 16 }, async () => {
    while (ready) {
      try {
        const { status, body } = await post(agent, service.httpPort, token);
        if (status === 201) created.push((JSON.parse(body) as { id: string }).id);
        else failures.push(`${status} ${body}`);
      } catch (error) {
        failures.push(String(error));
      }
    }
  });
  await eventually(() => created.length > 100, "load");
  const before = created.length;
  service.child.kill("SIGTERM");
  await eventually(async () => (await statusOf(service.adminPort)) !== 200, "readiness to fail");
  ready = false;
  await Promise.all(work);
  const { code, output } = await service.ended;
  expect([failures, code]).toEqual([[], 0]);
  expect(created.length).toBeGreaterThanOrEqual(before);
  expect(output).toContain('"message":"ended"');
  const { rows } = await query(service.database, "select id from tasks");
  expect(rows.map(({ id }: { id: string }) => id).toSorted()).toEqual(created.toSorted());
  const { rows: events } = await query(service.database, "select 1 from outbox");
  expect(events.length).toBe(created.length);
});

test("a request that takes longer than the grace period is cut off, and the exit code is 1", async () => {
  const service = await startService({ SHUTDOWN_GRACE_MS: "1500" });
  const token = await service.issuer.sign({ sub: "slow" });
  const holder = await openTransaction(service.database);
  await holder.query("lock table tasks in exclusive mode");
  const agent = new Agent();
  const slow = post(agent, service.httpPort, token).catch((error: unknown) => String(error));
  await waitingProcess(service.database);
  service.child.kill("SIGTERM");
  const { code, output } = await service.ended;
  expect([code, await slow]).toEqual([1, expect.stringContaining("socket hang up")]);
  expect(output).toContain("not drained in time");
});

const noIssuer: Issuer = {
  url: "http://127.0.0.1:1/",
  jwksUrl: "http://127.0.0.1:1/jwks.json",
  sign: () => Promise.reject(new Error("no issuer")),
  rotate: () => Promise.reject(new Error("no issuer")),
  close: () => Promise.resolve(),
};

interface Service {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly httpPort: number;
  readonly adminPort: number;
  readonly grpcPort: number;
  readonly database: TestDatabase;
  readonly issuer: Issuer;
  readonly variables: NodeJS.ProcessEnv;
}

async function startService(overrides: NodeJS.ProcessEnv = {}): Promise<Service> {
  const database = await createMigratedDatabase();
  const issuer = await createIssuer();
  onTestFinished(() => issuer.close());
  const variables = environment(database, issuer, { LOG_LEVEL: "info", ...overrides });
  const { child, ended } = start([], variables);
  let output = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes.toString();
  });
  await eventually(() => output.includes('"message":"ready"'), "the service to be ready");
  const ports = /"http_port":(\d+),"admin_port":(\d+),"grpc_port":(\d+)/.exec(output);
  return {
    child,
    ended,
    httpPort: Number(ports?.[1]),
    adminPort: Number(ports?.[2]),
    grpcPort: Number(ports?.[3]),
    database,
    issuer,
    variables,
  };
}

async function statusOf(adminPort: number): Promise<number> {
  return (await fetch(`http://127.0.0.1:${adminPort}/readyz`).catch(() => ({ status: 0 }))).status;
}

async function post(
  agent: Agent,
  port: number,
  token: string,
): Promise<{ status: number | undefined; body: string }> {
  const sent = request({
    agent,
    port,
    host: "127.0.0.1",
    path: "/v1/tasks",
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
  sent.end('{"title":"under load"}');
  const [response] = (await once(sent, "response")) as [import("node:http").IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}
