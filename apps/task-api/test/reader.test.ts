import { platform } from "node:os";
import { expect, type TestContext, test } from "vitest";
import { skip } from "../../../tests/support/skip.ts";
import { type Api, createMigratedDatabase, createUser, startApiForTest } from "./support.ts";
import { createLink } from "./support-link.ts";

/** The service with a primary and a replica that can be cut one by one: two ways to one server, so nothing ever lags. */
async function startWithReplica(context: TestContext) {
  // Elsewhere a machine answers to 127.0.0.1 alone, and the replica has the port of the primary.
  if (platform() !== "linux") skip(context, "needs a second loopback address, 127.0.0.2");
  const database = await createMigratedDatabase();
  const primary = await createLink(database);
  const replica = await createLink(database, { host: "127.0.0.2", port: primary.port });
  const api: Api = await startApiForTest(
    { DATABASE_PORT: String(primary.port), DATABASE_READER_HOST: "127.0.0.2" },
    { database },
  );
  return { api, primary, replica };
}

test("lists and activity come from the replica, and what must be true now from the primary", async (context) => {
  const { api, primary } = await startWithReplica(context);
  const user = await createUser(api);
  const task = await user.create("read me");
  await primary.cut();
  expect((await user.call("/v1/tasks")).status).toBe(200);
  expect((await user.call(`/v1/tasks/${task.id}/activity`)).status).toBe(200);
  // A task by its id is read to be changed: a late answer would show an old version and have the change refused.
  expect((await user.call(`/v1/tasks/${task.id}`)).status).toBe(503);
  expect((await user.patch(task, { title: "written" })).status).toBe(503);
});

test("while the replica is away lists come from the primary", async (context) => {
  const { api, replica } = await startWithReplica(context);
  const user = await createUser(api);
  const task = await user.create("read me");
  expect((await user.call("/v1/tasks")).status).toBe(200);
  await replica.cut();
  const { status, body } = await user.call("/v1/tasks");
  expect([status, (body as { tasks: { id: string }[] }).tasks.map(({ id }) => id)]).toEqual([200, [task.id]]);
  expect((await user.call(`/v1/tasks/${task.id}/activity`)).status).toBe(200);
});
