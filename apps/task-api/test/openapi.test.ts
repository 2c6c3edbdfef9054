import { expect, test } from "vitest";
import { describedApi } from "./support-openapi.ts";

test("openapi.json matches the routes; `vitest -u` updates it", async () => {
  const text = `${JSON.stringify(await describedApi(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../openapi.json");
});

test("every operation except health requires a token, has an id, and refuses with problem+json", async () => {
  const { openapi, security, paths } = await describedApi();
  expect([openapi, security]).toEqual(["3.1.0", [{ accessToken: [] }]]);
  const { "/v1/health": health, ...others } = paths;
  expect(health?.get).toMatchObject({ operationId: "getHealth", security: [] });
  const operations = Object.values(others).flatMap((path) => Object.values(path));
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual([
    "createTask",
    "deleteTask",
    "getTask",
    "listStatistics",
    "listTaskActivity",
    "listTasks",
    "updateTask",
  ]);
  for (const { operationId, security: own, responses } of operations) {
    expect([operationId, own]).toEqual([operationId, undefined]);
    const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
    expect(refusals.map(([status]) => status)).toEqual(
      expect.arrayContaining(["400", "401", "403", "429", "500", "503"]),
    );
    for (const [, { content }] of refusals)
      expect(Object.keys(content ?? {})).toEqual(["application/problem+json"]);
  }
});

test("every string and array in the document has a limit", async () => {
  const unlimited: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    const schema = value as Record<string, unknown>;
    const open = schema.const === undefined && schema.enum === undefined;
    if (schema.type === "string" && open && schema.maxLength === undefined) unlimited.push(path);
    if (schema.type === "array" && schema.maxItems === undefined) unlimited.push(path);
    for (const [key, child] of Object.entries(schema)) walk(child, `${path}/${key}`);
  };
  walk((await describedApi()).paths, "");
  expect(unlimited).toEqual([]);
});
