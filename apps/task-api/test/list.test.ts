import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually, query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, startApi, startApiForTest, type TaskBody, type User } from "./support.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

interface Page {
  readonly tasks: readonly TaskBody[];
  readonly next_page_token: string | null;
}

async function page(user: User, parameters: Record<string, string>): Promise<Page> {
  const answer = await user.call(`/v1/tasks?${new URLSearchParams(parameters)}`);
  expect(answer.status).toBe(200);
  return answer.body as Page;
}

async function createMany(user: User, count: number): Promise<TaskBody[]> {
  const tasks: TaskBody[] = [];
  for (let index = 0; index < count; index += 1) tasks.push(await user.create(`task ${index}`));
  return tasks;
}

test("the pages list every task once, newest first", async () => {
  const user = await createUser(api);
  const tasks = await createMany(user, 7);
  // Equal times: only the id decides the order.
  await query(api.database, "update tasks set created_at = date_trunc('second', now()) where user_id = $1", [
    user.id,
  ]);
  const seen: string[] = [];
  let token: string | null = "";
  while (token !== null) {
    const next: Page = await page(user, { limit: "3", ...(token === "" ? {} : { page_token: token }) });
    seen.push(...next.tasks.map(({ id }) => id));
    token = next.next_page_token;
  }
  expect(seen).toEqual(
    tasks
      .map(({ id }) => id)
      .toSorted()
      .toReversed(),
  );
});

test("a list holds each task byte for byte as it is answered alone", async () => {
  const user = await createUser(api);
  const titles = [
    '"quoted" \\ /',
    "tab\tline\nbell\u0007",
    "\u007f\u2028\u00e9 \ud83d\ude00",
    '"created_at":1,',
  ];
  const tasks: TaskBody[] = [];
  for (const title of titles) tasks.push(await user.create(title));
  const text = async (path: string): Promise<string> =>
    (
      await fetch(`${api.url}/v1/tasks${path}`, { headers: { authorization: `Bearer ${user.token}` } })
    ).text();
  const alone = await Promise.all(tasks.toReversed().map(({ id }) => text(`/${id}`)));
  expect(await text("")).toBe(`{"tasks":[${alone.join(",")}],"next_page_token":null}`);
});

test("lists that are asked for at the same moment are each of their user and filter", async () => {
  const users = await Promise.all(Array.from({ length: 40 }, () => createUser(api)));
  const created = await Promise.all(users.map((user) => createMany(user, 3)));
  await Promise.all(users.map((user, at) => user.patch(created[at]?.[1] as TaskBody, { completed: true })));
  const pages = await Promise.all(
    users.flatMap((user) => [page(user, {}), page(user, { completed: "true" }), page(user, { limit: "1" })]),
  );
  const ids = created.map((tasks) => tasks.map(({ id }) => id));
  expect(pages.map(({ tasks, next_page_token: next }) => [tasks.map(({ id }) => id), next !== null])).toEqual(
    ids.flatMap(([first, second, third]) => [
      [[third, second, first], false],
      [[second], false],
      [[third], true],
    ]),
  );
});

test("a page holds 20 tasks by default, and the last page has no token", async () => {
  const user = await createUser(api);
  const tasks = await createMany(user, 21);
  const first = await page(user, {});
  expect(first.tasks.map(({ id }) => id)).toEqual(
    tasks
      .map(({ id }) => id)
      .toReversed()
      .slice(0, 20),
  );
  const second = await page(user, { page_token: first.next_page_token ?? "" });
  expect([second.tasks.map(({ id }) => id), second.next_page_token]).toEqual([[tasks[0]?.id], null]);
  expect((await page(user, { limit: "21" })).next_page_token).toBe(null);
});

test("a task that is created or deleted between two pages makes no other task appear twice or be skipped", async () => {
  const user = await createUser(api);
  const [oldest, middle, newest] = await createMany(user, 3);
  const first = await page(user, { limit: "1" });
  expect(first.tasks.map(({ id }) => id)).toEqual([newest?.id]);
  await user.create("newer than the token");
  await user.call(`/v1/tasks/${newest?.id}`, { method: "DELETE", headers: { "if-match": '"1"' } });
  const second = await page(user, { limit: "5", page_token: first.next_page_token ?? "" });
  expect(second.tasks.map(({ id }) => id)).toEqual([middle?.id, oldest?.id]);
});

test("the filter selects by completion", async () => {
  const user = await createUser(api);
  const [open, done] = await createMany(user, 2);
  if (done === undefined) return;
  await user.patch(done, { completed: true });
  expect((await page(user, { completed: "true" })).tasks.map(({ id }) => id)).toEqual([done.id]);
  expect((await page(user, { completed: "false" })).tasks.map(({ id }) => id)).toEqual([open?.id]);
});

test("a user sees none of the tasks of another", async () => {
  const [user, stranger] = [await createUser(api), await createUser(api)];
  await user.create("mine");
  expect(await page(stranger, {})).toEqual({ tasks: [], next_page_token: null });
});

test("a page token works only for its user and filter, and not when it is damaged", async () => {
  const [user, stranger] = [await createUser(api), await createUser(api)];
  await createMany(user, 3);
  const { next_page_token: token } = await page(user, { limit: "1" });
  if (token === null) throw new Error("there is a second page");
  const refused = [
    await user.call(`/v1/tasks?completed=false&page_token=${token}`),
    await stranger.call(`/v1/tasks?page_token=${token}`),
    await user.call(`/v1/tasks?page_token=${token.slice(0, -4)}`),
    await user.call("/v1/tasks?page_token=e30"),
    await user.call("/v1/tasks?page_token=%00"),
    await user.call(`/v1/tasks?page_token=${Buffer.from("[1,1e400,2,3]").toString("base64url")}`),
  ];
  const parts = JSON.parse(Buffer.from(token, "base64url").toString()) as unknown[];
  // The second part is the key, the third the time.
  for (const [at, value] of [
    [1, 2 ** 40],
    [1, -1],
    [1, 0.5],
    [2, 8.64e15],
    [2, Number.MAX_SAFE_INTEGER],
    [2, -1],
    [2, 1],
    [4, "0".repeat(43)],
    [4, ""],
  ] as const) {
    const forged = Buffer.from(JSON.stringify(parts.with(at, value))).toString("base64url");
    refused.push(await user.call(`/v1/tasks?page_token=${forged}`));
  }
  expect(refused.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual(
    refused.map(() => [400, "invalid-page-token"]),
  );
  // The page size may change between two pages.
  expect((await page(user, { limit: "9", page_token: token })).tasks.length).toBe(2);
});

test("a new key signs soon, tokens of the key before continue, and those of a deleted key are refused", async () => {
  const own = await startApiForTest();
  const user = await createUser(own);
  await createMany(user, 3);
  const { next_page_token: before } = await page(user, { limit: "1" });
  await query(own.database, "insert into page_token_keys default values");
  // Another process: it has not read the keys before.
  const other = await startApiForTest({}, { database: own.database });
  const there = await createUser(other, { sub: user.id });
  expect((await page(there, { page_token: before ?? "" })).tasks.length).toBe(2);
  const { next_page_token: after } = await page(there, { limit: "1" });
  // A token of a key that this process does not know yet makes it read the keys again.
  await eventually(
    async () => (await user.call(`/v1/tasks?page_token=${after}`)).status === 200,
    "the new key",
  );
  await query(own.database, "delete from page_token_keys where id = 1");
  const third = await startApiForTest({}, { database: own.database });
  const last = await createUser(third, { sub: user.id });
  expect((await last.call(`/v1/tasks?page_token=${before}`)).status).toBe(400);
  expect((await page(last, { page_token: after ?? "" })).tasks.length).toBe(2);
});

test.each([
  ["limit=0", "querystring: /limit"],
  ["limit=101", "querystring: /limit"],
  ["limit=ten", "querystring: /limit"],
  ["limit=0x10", "querystring: /limit"],
  ["limit=1.5", "querystring: /limit"],
  ["limit=", "querystring: /limit"],
  ["limit=1&limit=2", "querystring: /limit"],
  ["completed=yes", "querystring: /completed"],
  ["completed=1", "querystring: /completed"],
  ["completed=true&completed=false", "querystring: /completed"],
  ["page_token=", "querystring: /page_token"],
  ["sort=title", "querystring: /sort"],
])("the query ?%s is refused with the name of the parameter", async (parameters, pointer) => {
  const user = await createUser(api);
  const answer = await user.call(`/v1/tasks?${parameters}`);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: "invalid-request", errors: [{ pointer }] });
});
