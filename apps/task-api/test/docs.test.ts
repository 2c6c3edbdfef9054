import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startApiForTest } from "./support.ts";

const document = join(import.meta.dirname, "..", "openapi.json");
const get = (url: string, init: RequestInit = {}) => fetch(url, { redirect: "manual", ...init });

test("with API_DOCS everyone reads the page, its files and the document, and nothing else of the API", async () => {
  const { url } = await startApiForTest({ API_DOCS: "on" });
  const root = await get(url);
  expect([root.status, root.headers.get("location")]).toEqual([302, "/docs"]);
  const page = await get(`${url}/docs`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const html = await page.text();
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(
    ([, path = ""]) => new URL(path, `${url}/docs`),
  );
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) {
    // The content policy allows nothing from elsewhere.
    expect(file.origin).toBe(url);
    expect([file.pathname, (await get(file.href)).status]).toEqual([file.pathname, 200]);
  }
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  const served = await get(`${url}/openapi.json`);
  expect(await served.json()).toEqual(JSON.parse(await readFile(document, "utf8")));
  expect((await get(`${url}/v1/tasks`)).status).toBe(401);
  expect((await get(`${url}/docs/../v1/tasks`)).status).toBe(401);
  expect((await get(`${url}/docs`, { method: "POST" })).status).toBe(401);
});

test("without API_DOCS nothing of it is served", async () => {
  const { url } = await startApiForTest();
  for (const path of ["/", "/docs", "/docs/static/index.css", "/openapi.json"]) {
    expect([path, (await get(url + path)).status]).toEqual([path, 401]);
  }
});
