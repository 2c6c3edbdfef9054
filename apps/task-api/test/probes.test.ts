import { createLogger } from "@task-platform/runtime/logging";
import { expect, test } from "vitest";
import { createUser, startApiForTest, type TaskBody } from "./support.ts";

test("the probes answer one word, on the admin port only", async () => {
  const api = await startApiForTest();
  for (const path of ["/livez", "/readyz", "/startupz"]) {
    const response = await fetch(`${api.adminUrl}${path}`);
    expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
  }
  const statuses = [
    (await fetch(`${api.adminUrl}/v1/tasks`)).status,
    (await fetch(`${api.adminUrl}/livez`, { method: "POST" })).status,
  ];
  expect(statuses).toEqual([404, 405]);
});

test("requests and tasks are counted under the agreed metric names", async () => {
  const api = await startApiForTest();
  const user = await createUser(api);
  const task = await user.create("x", { "idempotency-key": "one" });
  await user.create("x", { "idempotency-key": "one" }); // a replay creates nothing
  const completed = (await user.patch(task, { completed: true })).body as TaskBody;
  await user.patch(completed, { title: "y" });
  await user.call("/v1/tasks/none");
  await user.call("/v1/nowhere/12345");
  const metrics = (await (await fetch(`${api.adminUrl}/metrics`)).text())
    .split("\n")
    .filter((line) => /^(http_requests|http_request_duration_seconds_count|task)/.test(line));
  const service = 'service="task-api"';
  const buckets = [60, 300, 900, 3600, 86_400, 604_800].map(
    (bucket) => `task_completion_duration_seconds_bucket{le="${bucket}",${service}} 1`,
  );
  expect(metrics).toEqual(
    expect.arrayContaining([
      `http_requests_total{method="POST",route="/v1/tasks",status="201",${service}} 2`,
      `http_requests_total{method="PATCH",route="/v1/tasks/:id",status="200",${service}} 2`,
      `http_requests_total{method="GET",route="/v1/tasks/:id",status="400",${service}} 1`,
      `http_requests_total{method="GET",route="none",status="404",${service}} 1`,
      `http_request_duration_seconds_count{${service},method="POST",route="/v1/tasks",status="201"} 2`,
      `http_requests_active{${service}} 0`,
      `tasks_created_total{${service}} 1`,
      `tasks_completed_total{${service}} 1`,
      ...buckets,
    ]),
  );
  expect(metrics.join()).not.toContain("12345");
});

test("a request logs one line of JSON with its correlation, without the user, the token or the task text", async () => {
  const lines: string[] = [];
  const logger = createLogger(
    { service: "task-api", level: "info" },
    { write: (line) => void lines.push(line) },
  );
  const api = await startApiForTest({}, { logger });
  const user = await createUser(api);
  await user.create("a private title", { "x-correlation-id": "shop-42" });
  const mine = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.correlation_id === "shop-42");
  expect(mine).toMatchObject([
    { logger: "tasks", message: "task created", version: 1 },
    {
      logger: "http",
      message: "request answered",
      method: "POST",
      route: "/v1/tasks",
      status: 201,
      level: "info",
    },
  ]);
  for (const line of mine) {
    expect(line.timestamp).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(line.user_id).toMatch(/^[0-9a-f]{16}$/);
  }
  const text = lines.join("");
  for (const secret of [user.id, user.token, "a private title"]) expect(text.includes(secret)).toBe(false);
});

test("GET /v1/health needs no token and no database, has no rate limit, and is not counted", async () => {
  const api = await startApiForTest({ DATABASE_PORT: "1", RATE_LIMIT_PER_MINUTE: "2" });
  for (let request = 0; request < 5; request += 1) {
    const response = await fetch(`${api.url}/v1/health`);
    expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
    expect(response.headers.get("cache-control")).toBe("no-store");
  }
  expect((await fetch(`${api.url}/v1/health`, { method: "POST" })).status).toBe(401);
  expect(await (await fetch(`${api.adminUrl}/metrics`)).text()).not.toContain("/v1/health");
});
